#!/usr/bin/env bash
# Both README commands on a bare Debian 12 with Python and nothing else: no Qt libraries, no venv, no
# font, no screen. Needs root, debootstrap, a network and about 2 GB. Not part of the test run.
#
#   tests/cleanroot.sh [FOLDER]     FOLDER: an empty place for the system; default: a temporary one
#
# The last commit is tried, not the working tree. The result is printed; 0 when all steps passed.
set -euo pipefail

repository=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
given=${1:-}
root=${given:-$(mktemp -d)}
project=/srv/register
mkdir -p "$root"
chmod 755 "$root" # it becomes the root of a system whose every user must get in
failures=0

cleanup() { [ -n "$given" ] || rm -rf "$root"; }
trap cleanup EXIT

# A system of its own: its mounts and processes end with the command.
inside() {
    unshare --mount --pid --fork bash -euc '
        mount -t proc proc "$1/proc"
        mount --rbind /dev "$1/dev"
        cd "$1" && shift
        exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 CI=true \
            PIP_CERT=/etc/ssl/certificates-here.crt chroot . sh -c "cd '"$project"' && $*"
    ' bash "$root" "$@"
}

step() {
    local name=$1 from=$SECONDS
    shift
    if "$@"; then
        echo "PASS  $name ($((SECONDS - from)) s)"
    else
        echo "FAIL  $name ($((SECONDS - from)) s)"
        failures=$((failures + 1))
    fi
}

make_system() {
    # `step` looks at the answer, which switches `set -e` off in here.
    debootstrap --variant=minbase --include=python3 bookworm "$root" > "$root/setup.log" 2>&1 ||
        return 1
    # What this computer needs to reach the package index: resolver, certificates, pip's settings.
    # The certificates get a name of their own: Debian's package would write over its usual one.
    cp /etc/resolv.conf "$root/etc/"
    mkdir -p "$root/etc/ssl" "$root/root/.config"
    cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certificates-here.crt"
    [ ! -e /etc/pip.conf ] || cp /etc/pip.conf "$root/etc/"
    [ ! -e "$HOME/.config/pip" ] || cp -r "$HOME/.config/pip" "$root/root/.config/"
    git clone --quiet "$repository" "$root$project"
}

# Without root it must say what is missing and change nothing.
names_what_is_missing() {
    local told code=0
    told=$(inside setpriv --reuid=65534 --clear-groups python3 dev.py run 2>&1) || code=$?
    echo "$told"
    [ "$code" = 2 ] && [[ $told == *"sudo apt-get install"*libegl1*-venv* ]]
}

makes_papers() {
    inside python3 dev.py run && ls -l "$root$project/sample" &&
        [ "$(find "$root$project/sample" -size +4k -name 'Sample register.*' | wc -l)" = 2 ] &&
        [ "$(find "$root$project/sample" -name '*.pdf' | wc -l)" = 2 ]
}

keeps_the_sample() {
    local before after register="$root$project/sample/Sample register.riskreg"
    before=$(stat -c %i "$register") && inside python3 dev.py run &&
        after=$(stat -c %i "$register") && [ "$before" = "$after" ]
}

# With a screen: `DISPLAY` lets `dev.py` fetch what a window needs; Xvfb is the screen nobody sees.
starts_by_keyboard() {
    inside apt-get install -y --no-install-recommends xvfb libxtst6 &&
        inside DISPLAY=:0 python3 dev.py setup &&
        inside .venv/bin/python tests/first_start.py
}

step "a bare Debian 12" make_system
step "run, without root: names the missing libraries" names_what_is_missing
step "run, as root: sample register, workbook, reports" makes_papers
step "run again: the sample is kept" keeps_the_sample
step "the first start to the first saved incident, by keyboard alone" starts_by_keyboard
step "test" inside python3 dev.py test
step "check" inside python3 dev.py check
echo "$failures of 7 steps failed on $(git -C "$repository" log -1 --format=%h)"
[ "$failures" = 0 ]
