package org.berth.dns;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.berth.audit.Auditable;
import org.berth.audit.Target;
import org.berth.dns.DnsKind.Setting;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;

/**
 * A way to write records, as an administrator wants it. What its kind has no use for is left out.
 *
 * @param name for people, 1 to 60 characters
 * @param zones that it is for, in ASCII form
 * @param server of {@link DnsKind#RFC2136} a name or address, with a port if it is not 53; of {@link DnsKind#POWERDNS} and
 *     {@link DnsKind#ACME_DNS} an address that begins with http:// or https://
 * @param account name of the TSIG key; of PowerDNS the server's, usually {@code localhost}; of a hook the program's
 * @param algorithm of the TSIG key, usually {@code hmac-sha256}
 * @param secret the key in base64, the API's key or token; empty keeps the one that is there
 * @param offered whether owners may use it for their sites
 */
public record DnsAccessDraft(
        String name,
        DnsKind kind,
        List<String> zones,
        Optional<String> server,
        Optional<String> account,
        Optional<String> algorithm,
        Optional<String> secret,
        boolean offered)
        implements Auditable {

    /** What BIND's and PowerDNS's own tools make, the usual one first. */
    public static final List<String> ALGORITHMS =
            List.of("hmac-sha256", "hmac-sha512", "hmac-sha384", "hmac-sha224", "hmac-sha1");

    private static final int MOST_ZONES = 100;
    private static final int LONGEST = 500;
    private static final String USUAL_SERVER = "localhost";

    public DnsAccessDraft {
        name = name.strip();
        zones = kind.needs(Setting.ZONES)
                ? zones.stream().map(DnsAccessDraft::zone).distinct().toList()
                : List.of();
        server = of(kind, Setting.SERVER, server);
        account = of(kind, Setting.ACCOUNT, account);
        algorithm = of(kind, Setting.ALGORITHM, algorithm);
        secret = of(kind, Setting.SECRET, secret);
        if (kind == DnsKind.POWERDNS) {
            account = account.or(() -> Optional.of(USUAL_SERVER));
        }
        if (kind == DnsKind.RFC2136) {
            account = account.map(text -> text.toLowerCase(Locale.ROOT));
            algorithm = algorithm.or(() -> Optional.of(ALGORITHMS.get(0)));
        }
        var wrong = new ArrayList<Problem>();
        // Digits alone are the number of one.
        if (!name.matches("(?![0-9]+$)[^\\p{Cntrl}\\p{Zl}\\p{Zp}]{1,60}")) {
            wrong.add(Problem.of("dns-name").at("name"));
        }
        if (kind.needs(Setting.ZONES) && !areZones(zones)) {
            wrong.add(Problem.of("dns-zones").at("zones"));
        }
        if (kind.needs(Setting.SERVER)
                && server.filter(text -> isServer(kind, text)).isEmpty()) {
            wrong.add(Problem.of(kind == DnsKind.RFC2136 ? "dns-server" : "dns-url")
                    .at("server"));
        }
        if (kind.needs(Setting.ACCOUNT)
                && account.filter(text -> isAccount(kind, text)).isEmpty()) {
            wrong.add(wrongAccount(kind).at("account"));
        }
        if (algorithm.filter(text -> !ALGORITHMS.contains(text)).isPresent()) {
            wrong.add(Problem.of("dns-algorithm", String.join(", ", ALGORITHMS)).at("algorithm"));
        }
        if (kind.needs(Setting.SECRET)
                && secret.filter(text -> !isSecret(kind, text)).isPresent()) {
            wrong.add(Problem.of(kind == DnsKind.RFC2136 ? "dns-key" : "dns-token")
                    .at("secret"));
        }
        if (!wrong.isEmpty()) {
            throw new InvalidInput(wrong);
        }
    }

    @Override
    public Target auditTarget() {
        return new Target("dns-access", 0, name);
    }

    @Override
    public String auditDetail() {
        return kind.text() + server.map(where -> " at " + where).orElse("") + " for " + String.join(", ", zones)
                + (offered ? "; offered" : "") + (secret.isPresent() ? "; new secret" : "");
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "DnsAccessDraft[" + name + ", " + kind + "]";
    }

    private static String zone(String typed) {
        var zone = typed.strip().toLowerCase(Locale.ROOT);
        return zone.endsWith(".") ? zone.substring(0, zone.length() - 1) : zone;
    }

    private static Optional<String> of(DnsKind kind, Setting setting, Optional<String> text) {
        return kind.needs(setting) ? text.map(String::strip).filter(given -> !given.isEmpty()) : Optional.empty();
    }

    private static boolean areZones(List<String> zones) {
        return !zones.isEmpty() && zones.size() <= MOST_ZONES && zones.stream().allMatch(TxtRecord::isName);
    }

    private static boolean isServer(DnsKind kind, String text) {
        try {
            if (kind == DnsKind.RFC2136) {
                ServerAddress.of(text);
                return text.length() <= LONGEST;
            }
            var uri = new URI(text);
            return text.length() <= LONGEST
                    && Set.of("http", "https").contains(String.valueOf(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (IllegalArgumentException | URISyntaxException none) {
            return false;
        }
    }

    private static boolean isAccount(DnsKind kind, String text) {
        return text.matches(
                switch (kind) {
                    case HOOK -> "[a-z0-9][a-z0-9-]{0,39}";
                    case POWERDNS -> "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";
                    default -> "[a-z0-9_]([a-z0-9._-]{0,252}[a-z0-9_])?\\.?";
                });
    }

    private static Problem wrongAccount(DnsKind kind) {
        return switch (kind) {
            case HOOK -> Problem.of("dns-account-hook");
            case POWERDNS -> Problem.of("dns-account-powerdns");
            default -> Problem.of("dns-account-rfc2136");
        };
    }

    private static boolean isSecret(DnsKind kind, String text) {
        if (kind != DnsKind.RFC2136) {
            return text.matches("[\\x21-\\x7e]{1,500}");
        }
        try {
            return text.length() <= LONGEST && Base64.getDecoder().decode(text).length > 0;
        } catch (IllegalArgumentException other) {
            return false;
        }
    }
}
