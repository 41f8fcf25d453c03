package org.berth.dns;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;

/** Kinds of name servers that Berth can write records to, and what has to be known of each. */
public enum DnsKind {
    /** Any server that takes dynamic updates signed by TSIG (RFC 2136, RFC 8945), such as BIND, Knot or PowerDNS. */
    RFC2136(true, Set.of(Setting.ZONES, Setting.SERVER, Setting.ACCOUNT, Setting.ALGORITHM, Setting.SECRET)),
    /** The HTTP API of PowerDNS Authoritative Server 4. */
    POWERDNS(true, Set.of(Setting.ZONES, Setting.SERVER, Setting.ACCOUNT, Setting.SECRET)),
    /** An acme-dns server, which holds nothing but such records; a CNAME leads to it. */
    ACME_DNS(true, Set.of(Setting.SERVER)),
    /** Cloudflare, by its API version 4. */
    CLOUDFLARE(false, Set.of(Setting.ZONES, Setting.SECRET)),
    /** Hetzner's name servers, by the API of its cloud. */
    HETZNER(false, Set.of(Setting.ZONES, Setting.SECRET)),
    /** A program that root has put on this host. */
    HOOK(true, Set.of(Setting.ZONES, Setting.ACCOUNT));

    /** What may have to be known. */
    public enum Setting {
        ZONES,
        SERVER,
        ACCOUNT,
        ALGORITHM,
        SECRET
    }

    private final boolean provenLive;
    private final Set<Setting> settings;

    DnsKind(boolean provenLive, Set<Setting> settings) {
        this.provenLive = provenLive;
        this.settings = settings;
    }

    /** As interfaces write it: {@code acme-dns}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the real thing was asked, by the tests or by hand; the others are asked by their documentation. */
    public boolean isProvenLive() {
        return provenLive;
    }

    /** Whether something has to be known, or may be said, about it. */
    public boolean needs(Setting setting) {
        return settings.contains(setting);
    }

    /** Values of one name that it keeps at the same time. */
    int mostValues() {
        return this == ACME_DNS ? AcmeDns.MOST_VALUES : Integer.MAX_VALUE;
    }

    /** Whether a value that is written takes the place of another one. */
    boolean keepsFewValues() {
        return mostValues() < Integer.MAX_VALUE;
    }

    /** Reads it as interfaces write it. */
    public static DnsKind of(String text) {
        return Stream.of(values())
                .filter(kind -> kind.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(Problem.of("dns-kind", text).at("kind")));
    }
}
