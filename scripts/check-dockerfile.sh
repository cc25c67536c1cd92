#!/usr/bin/env bash
# Carries out the Dockerfile's instructions in empty folders, for machines without a container engine: the same files,
# the same commands, and then the image's command, which must say that nothing is configured and exit with 1.
set -euo pipefail
project=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir -p "$work/build" "$work/run"
cd "$work/build"
# What .dockerignore lets in, and the build stage's COPY lines copy.
for item in $(sed -n 's/^COPY \([^-].*\) \.\/[a-z]*$/\1/p' "$project/Dockerfile"); do
  grep -qx "!$item" "$project/.dockerignore" || { echo "$item is copied but .dockerignore keeps it out"; exit 1; }
  cp -r "$project/$item" .
done
npm ci --ignore-scripts --no-audit --no-fund --silent
npm run build --silent
npm prune --omit=dev --ignore-scripts --no-audit --no-fund --silent

cp -r package.json node_modules dist "$work/run/"
cd "$work/run"
for forbidden in src test node_modules/typescript node_modules/vitest; do
  [ ! -e "$forbidden" ] || { echo "$forbidden has no place in the image"; exit 1; }
done
set +e
output=$(env -i PATH="$PATH" NODE_ENV=production node dist/src/main.js 2>&1)
code=$?
set -e
[ "$code" = 1 ] && grep -q 'SLACK_BOT_TOKEN: is not set' <<<"$output" || { echo "unexpected answer ($code): $output"; exit 1; }
echo "The Dockerfile's instructions work: $(du -sm "$work/run" | cut -f1) MB, and the bot says what is not configured."
