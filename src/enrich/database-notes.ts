interface Terms {
  readonly licence: string
  readonly attribution: string
}

const dbIp: Terms = { licence: 'CC BY 4.0', attribution: 'IP Geolocation by DB-IP (https://db-ip.com)' }

/** Of the databases that come along. */
export const bundledTerms: { readonly places: Terms; readonly networks: Terms } = {
  places: dbIp,
  networks: {
    licence: 'CC BY 4.0',
    attribution:
      'AS numbers and names from Route Views (https://www.routeviews.org), NRO (https://www.nro.net) and DB-IP (https://db-ip.com), ' +
      'merged by ip-location-db',
  },
}

// By the type that a file says it is of. What it takes to be allowed to use them is between their user and who made them.
const known: readonly (readonly [RegExp, Terms])[] = [
  [
    /^GeoLite2/,
    {
      licence: 'GeoLite2 End User License Agreement',
      attribution: 'This product includes GeoLite2 Data created by MaxMind, available from https://www.maxmind.com',
    },
  ],
  [/^DBIP-.*-Lite/i, dbIp],
  [/ipinfo.*lite/i, { licence: 'CC BY-SA 4.0', attribution: 'IP address data powered by IPinfo (https://ipinfo.io)' }],
]

/** What is known of the terms of a file of the user's own; nothing is where its licence is not public. */
export function termsOf(type: string): Terms | undefined {
  return known.find(([pattern]) => pattern.test(type))?.[1]
}
