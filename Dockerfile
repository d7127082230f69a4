# The server, the workers and every other command of BioWeft, with the released model, the lexicon and the web page. The
# graph is a Neo4j of its own: compose.yaml starts both.
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# As scripts/setup/packages.mjs has it: the packages' own scripts fetch what nothing here needs.
RUN npm install --no-save --ignore-scripts --no-audit --no-fund
COPY . .
# The program and the page, then without what only building needs.
RUN node scripts/setup.mjs build \
    && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:20-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 BIOWEFT_HOME=/data
WORKDIR /app
COPY --from=build /app ./
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=120s --retries=12 \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself is process 1, so that what stops the container is heard.
ENTRYPOINT ["node", "dist/src/cli/main.js"]
CMD ["serve"]
