package org.berth.system;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before every verb of the host and breaks off those calls that it is told to, once each: the verb with all that it
 * started, at once; or it holds the call where it is, until the panel or the host has been killed.
 */
final class Saboteur implements AutoCloseable {

    private static final String AWAY = "/root/saboteur";

    /** What is run in place of a verb; everything else about the call stays as it is. */
    private static final String SCRIPT = """
            #!/bin/bash -p
            # The verb's name leads to the real one, and to what shall happen to it.
            verb=${0##*/} away=/root/saboteur taken=
            real=$away/release/host-scripts/$verb
            for order in "$away/armed/$verb".*; do
              ! mv -T -- "$order" "$away/taken/$verb.$$" 2>/dev/null || { taken=yes; break; }
            done
            [[ $taken ]] || exec "$real"
            read -r whom when seconds <"$away/taken/$verb.$$"
            input=$(cat)
            [[ $input =~ \\"site\\":([0-9]+) ]] && echo "${BASH_REMATCH[1]}" >"$away/taken/$verb.$$"
            each() {
              local child
              for child in $(pgrep -P "$2"); do each "$1" "$child"; done
              kill "-$1" "$2"
            }
            # Ends here, unless the verb is to outlive the panel.
            strike() {
              if [[ $whom == unit ]]; then systemctl kill --signal=KILL 'berth-verb-*.service'; fi
              if [[ $whom != verb && $whom != unit ]]; then
                : >"$away/held/$$"
                read -r _ <"$away/gate"
                rm -f "$away/held/$$"
              fi
              [[ $whom == panel ]] || { [[ ! $called ]] || each KILL "$called"; kill -KILL $$; }
            }
            called=
            case $when in
              before) strike; exec "$real" <<<"$input" ;;
              after) answer=$("$real" <<<"$input") && code=0 || code=$?; strike; printf '%s\n' "$answer"; exit "$code" ;;
              inside)
                "$real" <<<"$input" >"$away/answers/$$" &
                begun=$! called=$!
                sleep "$seconds"
                [[ $whom == verb || $whom == unit ]] || each STOP "$called"
                # If it is done already, this is as good as after it.
                [[ $(jobs -pr) ]] || { called=''; : >"$away/late/$verb.$$"; }
                strike
                [[ ! $called ]] || each CONT "$called"
                wait "$begun" && code=0 || code=$?
                cat "$away/answers/$$"
                exit "$code"
                ;;
            esac
            """;

    private final AtomicInteger orders = new AtomicInteger();

    private Saboteur() {}

    /** Takes its place. */
    static Saboteur onHost() {
        var saboteur = new Saboteur();
        saboteur.takeItsPlace();
        return saboteur;
    }

    /** Takes its place, also again after the host was restarted. */
    void takeItsPlace() {
        LabHost.shell("rm -rf " + AWAY + "; mkdir -p " + AWAY + "/armed " + AWAY + "/taken " + AWAY + "/held " + AWAY
                        + "/answers " + AWAY + "/late " + AWAY + "/release && mkfifo " + AWAY
                        + "/gate && cp -a /usr/lib/berth/current/host-scripts /usr/lib/berth/current/themes " + AWAY
                        + "/release")
                .orFail();
        LabHost.program("install", "-m", "755", "/dev/stdin", AWAY + "/stand-in")
                .run(SCRIPT)
                .orFail();
        LabHost.shell(
                        "for verb in $(grep -o '[a-z-]* \"\"$' /usr/lib/berth/current/host-scripts/sudoers | cut -d' ' -f1); do"
                                + " mount --bind " + AWAY + "/stand-in /usr/lib/berth/current/host-scripts/$verb; done")
                .orFail();
    }

    /**
     * One more of the next calls of this verb is broken off.
     *
     * @param whom {@code verb}; {@code unit} with the unit of a long verb; {@code panel} or {@code both}, which hold the
     *     call until {@link #letGo}
     * @param when {@code before}, {@code after}, or {@code inside} and the seconds it may go on
     */
    void awaits(String verb, String whom, String when) {
        LabHost.program("tee", AWAY + "/armed/" + verb + "." + orders.incrementAndGet())
                .run(whom + " " + when + "\n")
                .orFail();
    }

    /** Waits until this many calls are held. */
    void holds(int calls) {
        LabHost.shell("for ((i = 0; i < 1200; i++)); do (($(ls " + AWAY + "/held | wc -l) < " + calls
                        + ")) || exit 0; sleep 0.05; done; exit 1")
                .orFail();
    }

    /** The calls that are held go on, or end if they were to. */
    void letGo() {
        LabHost.shell("for ((i = 0; i < 20; i++)); do [[ -n $(ls " + AWAY + "/held) ]] || exit 0;"
                        + " timeout 1 bash -c ': >" + AWAY + "/gate'; sleep 0.05; done; exit 1")
                .orFail();
    }

    /**
     * A call that was broken off.
     *
     * @param site the number of the site that it was about
     * @param late whether the verb was done already where it should have been inside; only its answer was not given then
     */
    record Strike(int site, boolean late) {}

    /** The calls that were broken off since the last question. */
    List<Strike> strikes() {
        return LabHost.shell("shopt -s nullglob; cd " + AWAY + "; for call in taken/*; do"
                        + " [[ -e late/${call#taken/} ]] && late=true || late=false; echo \"$(<\"$call\") $late\"; done;"
                        + " rm -f taken/* late/* armed/*")
                .orFail()
                .out()
                .lines()
                .map(line -> line.split(" "))
                .map(words -> new Strike(Integer.parseInt(words[0]), Boolean.parseBoolean(words[1])))
                .toList();
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
