package org.berth.dns;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.berth.dns.DnsKind.Setting;
import org.berth.host.Host;
import org.berth.jobs.Json;
import org.berth.platform.Conflict;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;
import org.berth.security.SecretBox;

/** A way to write records, as it is stored. */
@Entity
@Table(name = "dns_access")
class DnsAccess {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;

    private String name;

    @Enumerated(EnumType.STRING)
    private DnsKind kind;

    private String zones;
    private String server;
    private String account;
    private String algorithm;
    private String secret;
    private boolean offered;

    @Version
    private int version;

    protected DnsAccess() {}

    /**
     * Makes one.
     *
     * @param secretText what only Berth and the server know
     */
    DnsAccess(DnsAccessDraft draft, List<String> zones, Optional<String> secretText, SecretBox box) {
        kind = draft.kind();
        this.zones = Json.texts(zones);
        take(draft, secretText, box);
    }

    /** Takes over what an administrator wants; a secret goes to the server that it was given for only. */
    void change(DnsAccessDraft draft, SecretBox box) {
        if (draft.kind() != kind) {
            throw new InvalidInput(Problem.of("dns-kind-stays", kind.text()).at("kind"));
        }
        var elsewhere = !draft.server().equals(Optional.ofNullable(server));
        if (kind == DnsKind.ACME_DNS && elsewhere) {
            throw new InvalidInput(Problem.of("dns-server-stays").at("server"));
        }
        if (elsewhere && kind.needs(Setting.SECRET) && draft.secret().isEmpty()) {
            throw new InvalidInput(Problem.of("dns-secret-again").at("secret"));
        }
        if (kind != DnsKind.ACME_DNS) {
            zones = Json.texts(draft.zones());
        }
        take(draft, draft.secret(), box);
    }

    private void take(DnsAccessDraft draft, Optional<String> secretText, SecretBox box) {
        name = draft.name();
        server = draft.server().orElse(null);
        account = draft.account().orElse(null);
        algorithm = draft.algorithm().orElse(null);
        offered = draft.offered();
        secretText.ifPresent(text -> secret = box.seal(text));
    }

    /**
     * What writes its records.
     *
     * @param holder who has them written
     * @throws Conflict when somebody has changed the rows, so that nobody could have stored it
     */
    DnsProvider provider(SecretBox box, Host host, RecordHolder holder) {
        requireSound();
        var all = zones();
        return switch (kind) {
            case RFC2136 -> DynamicUpdate.of(ServerAddress.of(server), account, algorithm, box.open(secret), all);
            case POWERDNS -> new PowerDns(URI.create(server), account, box.open(secret), all);
            case ACME_DNS -> new AcmeDns(URI.create(server), box.open(secret));
            case CLOUDFLARE -> new Cloudflare(Cloudflare.API, box.open(secret), all);
            case HETZNER -> new Hetzner(Hetzner.API, box.open(secret), all);
            case HOOK -> new HookScript(host, account, holder);
        };
    }

    private void requireSound() {
        try {
            new DnsAccessDraft(
                    name,
                    kind,
                    Json.texts(zones),
                    Optional.ofNullable(server),
                    Optional.ofNullable(account),
                    Optional.ofNullable(algorithm),
                    Optional.empty(),
                    offered);
        } catch (InvalidInput changed) {
            throw new Conflict(Problem.of("dns-access-damaged", id, name));
        }
    }

    long id() {
        return id;
    }

    String name() {
        return name;
    }

    DnsKind kind() {
        return kind;
    }

    Zones zones() {
        return new Zones(Json.texts(zones));
    }

    boolean isOffered() {
        return offered;
    }

    DnsAccessView view(List<String> sites) {
        return new DnsAccessView(
                id,
                name,
                kind,
                zones().names(),
                Optional.ofNullable(server),
                Optional.ofNullable(account),
                Optional.ofNullable(algorithm),
                offered,
                sites);
    }
}
