package org.berth.accounts;

import java.util.Set;
import java.util.regex.Pattern;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;

/**
 * Name under which somebody logs in: 3 to 32 lower-case letters, digits, dots, underscores and hyphens, beginning with
 * a letter. Names that a reader of the audit would take for the host itself are refused.
 *
 * @param text the name
 */
public record Login(String text) {

    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9._-]{1,30}[a-z0-9]");
    private static final Set<String> RESERVED = Set.of(
            "root",
            "berth",
            "berth-front",
            "system",
            "local",
            "anonymous",
            "nobody",
            "daemon",
            "bin",
            "sys",
            "sync",
            "games",
            "man",
            "mail",
            "news",
            "uucp",
            "proxy",
            "www-data",
            "backup",
            "list",
            "irc",
            "mysql",
            "mariadb",
            "redis",
            "valkey",
            "nginx",
            "sshd",
            "messagebus",
            "polkitd");

    public Login {
        if (!FORM.matcher(text).matches()) {
            throw new InvalidInput(Problem.of("login-invalid", text).at("login"));
        }
        if (RESERVED.contains(text) || text.startsWith("systemd-") || text.startsWith("s_")) {
            throw new InvalidInput(Problem.of("login-reserved", text).at("login"));
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
