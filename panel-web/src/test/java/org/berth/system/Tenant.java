package org.berth.system;

import jakarta.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.berth.fixture.Fresh;

/**
 * A site with PHP and a database, seen from within.
 *
 * @param password of its database
 */
record Tenant(int id, String name, String home, String password) {

    /** Makes a site for somebody. */
    static Tenant of(Person owner) {
        var rest = owner.rest();
        var name = Fresh.siteName("tenant");
        rest.change(rest.post(
                "/sites",
                Json.createObjectBuilder().add("name", name).add("type", "PHP").add("database", true)));
        return of(rest, name);
    }

    /** Of a site that is there. */
    static Tenant of(RestClient rest, String name) {
        var site = rest.site(name);
        var password = rest.post("/sites/" + name + "/database-password").expect(200);
        return new Tenant(
                site.getInt("id"), name, site.getString("home"), password.json().getString("password"));
    }

    /** Puts a file into its public folder, as its user. */
    void put(String file, String content) {
        var user = "s_" + id;
        LabHost.program("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups")
                .with("tee", home + "/current/public/" + file)
                .run(content)
                .orFail();
    }

    SiteAnswer fetch(String path) {
        return LabHost.fetch(name, path);
    }

    /** Its page attack.php, which runs what it is sent. */
    Command viaPhp(String line) {
        return Command.of("curl", "-qsS", "--max-time", "60", "--resolve")
                .with(name + ":80:" + LabHost.ip(), "--data-urlencode", "run=" + line)
                .with("--", "http://" + name + "/attack.php");
    }

    /** A line of shell as its user in its slice; with options of systemd-run. */
    Command asUser(List<String> options, String line) {
        var user = "s_" + id;
        var waiting = options.contains("--no-block")
                ? new String[] {"--quiet"}
                : new String[] {"--quiet", "--wait", "--pipe"};
        return LabHost.program("systemd-run", "--collect", "--uid=" + user, "--gid=" + user, "--slice=" + slice())
                .with(waiting)
                .with(options.toArray(String[]::new))
                // Nor does systemd-run replace $ and % in it.
                .with("--expand-environment=no", "bash", "-c", line);
    }

    /** The sandbox of its PHP, as options of systemd-run. */
    List<String> sandbox() {
        var options = new ArrayList<String>();
        LabHost.run("sed", "-n", "/^NoNewPrivileges/,$ { /^[A-Z]/p }", "/etc/systemd/system/berth-php@.service")
                .out()
                .lines()
                .forEach(property -> options.add("--property=" + property.replace("%i", String.valueOf(id))));
        return options;
    }

    String slice() {
        return "berth-site-" + id + ".slice";
    }

    String service() {
        return "berth-php@" + id + ".service";
    }
}
