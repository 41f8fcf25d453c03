package org.berth.system;

/**
 * Stands before every verb of the host and kills those it is told to, once each: the verb with all that it started, or
 * the panel.
 */
final class Saboteur implements AutoCloseable {

    private static final String AWAY = "/root/saboteur";

    /** What is run in place of a verb; everything else about the call stays as it is. */
    private static final String SCRIPT = """
            #!/bin/bash -p
            # The verb's name leads to the real one, and to what shall happen to it.
            verb=${0##*/}
            real=/root/saboteur/release/host-scripts/$verb
            mv -T -- "/root/saboteur/armed/$verb" "/root/saboteur/fired/$verb.$$" 2>/dev/null || exec "$real"
            read -r whom when seconds <"/root/saboteur/fired/$verb.$$"
            with_children() {
              local child
              for child in $(pgrep -P "$1"); do with_children "$child"; done
              kill -KILL "$1"
            }
            strike() {
              [[ $whom == verb ]] || systemctl kill --kill-whom=main --signal=KILL berth.service
              [[ $whom == panel ]] || kill -KILL $$
            }
            case $when in
              before) strike; exec "$real" ;;
              after) answer=$("$real"); strike; printf '%s\\n' "$answer" ;;
              inside)
                "$real" <&0 &
                sleep "$seconds"
                [[ $whom == panel ]] || with_children $!
                strike
                wait
                ;;
            esac
            """;

    private Saboteur() {}

    /** Takes its place. */
    static Saboteur onHost() {
        LabHost.shell("rm -rf " + AWAY + "; mkdir -p " + AWAY + "/armed " + AWAY + "/fired " + AWAY
                        + "/release && cp -a /usr/lib/berth/current/host-scripts /usr/lib/berth/current/themes " + AWAY
                        + "/release")
                .orFail();
        LabHost.program("install", "-m", "755", "/dev/stdin", AWAY + "/stand-in")
                .run(SCRIPT)
                .orFail();
        LabHost.shell(
                        "for verb in $(grep -o '[a-z-]* \"\"$' /usr/lib/berth/current/host-scripts/sudoers | cut -d' ' -f1); do"
                                + " mount --bind " + AWAY + "/stand-in /usr/lib/berth/current/host-scripts/$verb; done")
                .orFail();
        return new Saboteur();
    }

    /**
     * The next call of this verb is killed.
     *
     * @param whom {@code verb}, {@code panel} or {@code both}
     * @param when {@code before}, {@code after}, or {@code inside} and the seconds it may go on
     */
    void awaits(String verb, String whom, String when) {
        LabHost.program("tee", AWAY + "/armed/" + verb)
                .run(whom + " " + when + "\n")
                .orFail();
    }

    /** How many calls were killed since the last question. */
    int strikes() {
        return Integer.parseInt(
                LabHost.shell("ls " + AWAY + "/fired | wc -l; rm -f " + AWAY + "/fired/*; rm -f " + AWAY + "/armed/*")
                        .orFail()
                        .text());
    }

    /** Goes away. */
    @Override
    public void close() {
        LabHost.shell(
                        "for verb in /usr/lib/berth/current/host-scripts/*; do ! mountpoint -q $verb || umount $verb; done;"
                                + " rm -rf " + AWAY)
                .orFail();
    }
}
