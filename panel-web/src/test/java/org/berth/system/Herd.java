package org.berth.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.berth.fixture.Fresh;

/** Sites with PHP, a database and something in both, by the state they are in; used again as long as they are well. */
final class Herd {

    /** What visitors get of a site in this state. */
    private static final Map<String, Integer> ANSWERS =
            Map.of("ACTIVE", 200, "SUSPENDED", 503, "DELETED", 410, "REMOVED", 404);

    /**
     * Whatever a site may leave on the host; {@code N} is its number. What systemd merely remembers of a unit that has ended
     * and has no file is none of it.
     */
    private static final String LEFT = """
            shopt -s nullglob
            getent passwd s_N $((70000 + N)); getent group s_N $((70000 + N)); pgrep -u $((70000 + N))
            for path in /srv/sites/s_N /srv/sites/.removing-N /etc/berth/php/N /etc/berth/php/N.* \\
              /etc/systemd/system.control/berth-site-N.slice* /run/berth/php/N.sock* \\
              /etc/systemd/system/sockets.target.wants/berth-{php,db}@N.* /run/berth/databases/N /etc/berth/nginx/sites/N.* \\
              /etc/berth/nginx/quarantine/N.* /var/lib/berth/tls/N /var/log/nginx/sites/N.* /var/lib/berth/flags/N.* \\
              /var/lib/berth/host/nginx/{pending,good}/{N,N.*} /var/lib/berth/host/nginx/candidate-N.* \\
              /var/lib/berth/host/{lists/N,pools/N.conf,names/{NAME,www.NAME,lost-NAME,lost-www.NAME}}; do [[ ! -e $path ]] || echo "$path"; done
            systemctl list-units --plain --no-legend 'berth-php@N.*' 'berth-db@N.*' berth-site-N.slice 'berth-verb-*'
            find /proc/[0-9]*/fd -lname /var/lib/berth/host/locks/site-N -print 2>/dev/null
            mariadb -Ne "show databases like 's\\_N'; select user from mysql.user where user = 's_N'"
            mariadb --socket=/run/berth/db/berth.sock --skip-column-names berth -e \\
              "select id, state from job where site_id = N and (active_site_id is not null or lease_holder is not null)"
            """;

    private final RestClient rest;
    private final Map<String, Deque<Subject>> waiting = new HashMap<>();

    /** A site; 0 is the number of one that is yet to be made. */
    record Subject(String name, int id) {

        private Output onHost(String line) {
            return LabHost.shell(line.replace("NAME", name).replaceAll("\\bN\\b|(?<=[_-])N\\b", String.valueOf(id)));
        }
    }

    Herd(RestClient rest) {
        this.rest = rest;
    }

    /** A site in this state, made for it if none waits. */
    Subject take(String state) {
        var known = waiting.computeIfAbsent(state, any -> new ArrayDeque<>()).poll();
        if (known != null) {
            return known;
        }
        return switch (state) {
            case "REMOVED" -> new Subject(Fresh.siteName("kill"), 0);
            case "ACTIVE" -> plainly(Operation.CREATE, take("REMOVED"));
            case "SUSPENDED" -> plainly(Operation.SUSPEND, take("ACTIVE"));
            case "DELETED" -> plainly(Operation.DELETE, take("ACTIVE"));
            default -> throw new IllegalArgumentException(state);
        };
    }

    /** Asks for an operation; the job, just accepted. */
    JsonObject ask(Operation operation, Subject site) {
        var body = Json.createObjectBuilder();
        var path = "/sites/" + site.name();
        var answer = switch (operation) {
            case CREATE ->
                rest.post(
                        "/sites",
                        body.add("name", site.name()).add("type", "PHP").add("database", true));
            case UPDATE -> {
                var old = "8.2".equals(rest.site(site.name()).getString("phpVersion"));
                yield rest.patch(
                        path, body.add("phpVersion", old ? "8.4" : "8.2").add("www", old ? "NONE" : "SERVE_BOTH"));
            }
            case SUSPEND -> rest.post(path + "/suspend", body.add("reason", "test"));
            case DELETE -> rest.delete(path);
            case RESUME, RESTORE -> rest.post(path + "/" + operation.text());
            case PURGE -> rest.post("/sites/" + site.id() + "/purge");
        };
        return answer.expect(202).json();
    }

    /** Looks whether the site is what its rows say, with all its data or with nothing left of it; then it waits again. */
    void back(Subject site, String state) {
        assertThat(LabHost.fetch(site.name(), "/").status())
                .as("answer of " + site + " " + state)
                .isEqualTo(ANSWERS.get(state));
        if ("REMOVED".equals(state)) {
            assertThat(site.onHost(LEFT).text()).as("left of " + site).isEmpty();
            return;
        }
        // The first time it is put there.
        var kept = site.onHost("""
                cd /srv/sites/s_N && if [[ ! -e shared/kept ]]; then
                  mariadb -e "create table s_N.kept (name varchar(99)); insert into s_N.kept values ('NAME')"
                  echo "<?php echo 'NAME';" >current/public/kept.php; chown s_N: current/public/kept.php; echo NAME >shared/kept
                fi
                cat shared/kept current/public/kept.php; mariadb -Ne "select name from s_N.kept"
                """).orFail().text();
        assertThat(kept).as("data of " + site).isEqualTo("%1$s\n<?php echo '%1$s';\n%1$s".formatted(site.name()));
        waiting.computeIfAbsent(state, any -> new ArrayDeque<>()).add(site);
    }

    /** Does it with nobody in the way. */
    private Subject plainly(Operation operation, Subject site) {
        var job = rest.waitFor(ask(operation, site).getInt("id"));
        assertThat(job.getString("state")).as(job.toString()).isEqualTo("SUCCEEDED");
        var made = new Subject(site.name(), job.getJsonObject("site").getInt("id"));
        back(made, operation.after());
        waiting.get(operation.after()).remove(made);
        return made;
    }
}
