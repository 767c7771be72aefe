#!/usr/bin/env bash
# Installs Debian's Chromium, which the browser tests drive. Does nothing where it is installed already.
set -euo pipefail

if [ -x /usr/bin/chromium ]; then
  exit 0
fi

if ! command -v apt-get > /dev/null || [ "$(id -u)" -ne 0 ]; then
  echo "Chromium can be installed here by root with apt-get only; without /usr/bin/chromium the browser tests are skipped." >&2
  exit 1
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core
