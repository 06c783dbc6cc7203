#!/usr/bin/env bash
# Reads the output of `dotnet test` (Microsoft.Testing.Platform) and prints "N passed, N failed, N skipped".
# Exits with 1 when a test failed and with 3 when none ran.
sed 's/\x1b\[[0-9;]*m//g' | awk '
/^Test run summary:/              { summary = 1 }
summary && /^ +(failed|error): /  { failed += $2; seen = 1 }
summary && /^ +succeeded: /       { passed += $2; seen = 1 }
summary && /^ +skipped: /         { skipped += $2; seen = 1 }
END {
    if (!seen || passed + failed + skipped == 0) { print "no test ran" > "/dev/stderr" }
    printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
    if (failed > 0) exit 1
    if (passed + skipped == 0) exit 3
}'
