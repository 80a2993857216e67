# The image runs the TypeScript as it is: Node 26 strips the types, so there is no build.
FROM node:26-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# The databases that say where an address is come along (160 MB), for a laboratory without Internet. The same numbers in another form do not.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && rm -f node_modules/@ip-location-db/*/*-num.csv

FROM node:26-slim
ENV NODE_ENV=production \
    HOOFPRINT_LISTEN=0.0.0.0:9464
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
RUN mkdir /case node_modules/.cache && chown node:node /case node_modules/.cache
COPY package.json LICENSE ./
COPY bin ./bin
COPY src ./src
COPY mappings ./mappings
COPY kibana/hoofprint.ndjson ./kibana/hoofprint.ndjson
# A number, so that Kubernetes can tell that it is not root.
USER 1000:1000
# By who runs it: Node keeps what it stripped of its types for each user apart, and only that user may read it.
RUN node bin/warm-up.mjs
# The case is the one thing that is written: mount a volume there and keep the rest read-only.
VOLUME /case
WORKDIR /evidence
EXPOSE 9464
# Of a command that runs no service, such as import, nothing is asked.
HEALTHCHECK --interval=60s --timeout=10s --start-period=60s CMD ["node", "/app/bin/healthcheck.mjs"]
ENTRYPOINT ["node", "/app/bin/hoofprint.mjs"]
CMD ["--help"]
