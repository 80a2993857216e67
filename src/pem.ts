import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import { z } from 'zod'
import { codeOf } from './errors.ts'
import { fileText } from './file-text.ts'

/** PEM text, or the path of a file that holds it. */
export const Pem = z.string().transform((value, context) => {
  if (value.includes('-----BEGIN ')) return value
  try {
    return fileText(readFileSync(value))
  } catch (error) {
    context.addIssue({ code: 'custom', message: `neither PEM nor a file that can be read (${codeOf(error)})` })
    return z.NEVER
  }
})

/** Certificates of authorities, as PEM: from one on that it cannot read Node would leave out all without a word, and trust nobody for them. */
export const Authorities = Pem.superRefine((pem, context) => {
  const message = certificateFault(pem)
  if (message !== undefined) context.addIssue({ code: 'custom', message })
})

const certificateBegins = /(?=-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----)/

function certificateFault(pem: string): string | undefined {
  const certificates = pem.split(certificateBegins).filter((part) => certificateBegins.test(part))
  const firstBad = certificates.findIndex((part) => !isCertificate(part))
  if (certificates.length === 0 || (firstBad === 0 && certificates.length === 1))
    return 'it holds no certificate that can be read as PEM'
  return firstBad < 0
    ? undefined
    : `of its ${certificates.length} certificates number ${firstBad + 1} cannot be read as PEM`
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0
  } catch {
    return false
  }
}

/** Why a certificate and a key, as PEM, are not the two by which a server knows this client; undefined where they are. */
export function identityFault(certificate: string, key: string): string | undefined {
  try {
    createSecureContext({ cert: certificate, key })
    return undefined
  } catch (error) {
    const code = codeOf(error) ?? ''
    return (
      faults.find(([pattern]) => pattern.test(code))?.[1] ?? `not PEM of a private key and its certificate (${code})`
    )
  }
}

// By OpenSSL's names of what it refuses, as Node passes them on.
const faults: readonly (readonly [RegExp, string])[] = [
  [
    /BAD_DECRYPT|PASSWORD|PASSPHRASE|INTERRUPTED/,
    'the key is encrypted: give one without a passphrase (`openssl pkey` takes it off)',
  ],
  [/KEY_VALUES_MISMATCH|KEY_TYPE_MISMATCH/, 'the key is not that of the certificate'],
]
