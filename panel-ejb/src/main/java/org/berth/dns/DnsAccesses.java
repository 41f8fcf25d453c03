package org.berth.dns;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.berth.audit.AuditTarget;
import org.berth.audit.Audited;
import org.berth.platform.Conflict;
import org.berth.platform.DuplicateKey;
import org.berth.platform.InvalidInput;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.security.Permission;
import org.berth.security.SecretBox;
import org.berth.security.Secrets;

/**
 * Ways to write records at name servers, kept by administrators and offered to sites. One is named by its id or its name;
 * secrets are never told.
 */
@Stateless
public class DnsAccesses {

    private static final String DOMAIN = "dns-access";
    private static final String UPDATE = "update";

    /** Somebody waits for it. */
    private static final Duration TESTED_WITHIN = Duration.ofSeconds(30);

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private DnsAccessRows rows;

    @Inject
    @Any
    private Instance<DnsAccessUse> uses;

    @Inject
    private ChallengeRecords records;

    @Inject
    private NameServers servers;

    @Inject
    private DnsLedger ledger;

    @Inject
    private SecretBox box;

    /** All of them, by name. */
    public List<DnsAccessView> list(Actor actor) {
        actor.require(Permission.on(DOMAIN, "read"));
        return rows.all().stream().map(this::view).toList();
    }

    /** One of them. */
    public DnsAccessView find(Actor actor, String idOrName) {
        actor.require(Permission.on(DOMAIN, "read"));
        return view(rows.find(idOrName));
    }

    /**
     * Names of those that somebody may choose for a site.
     *
     * @param chosen what the site uses now, which its owner may go on with
     */
    public List<String> offered(Actor actor, Optional<Long> chosen) {
        return rows.all().stream()
                .filter(access -> mayUse(actor, access, chosen))
                .map(DnsAccess::name)
                .toList();
    }

    /**
     * One that somebody chooses for a site.
     *
     * @param chosen what the site uses now
     * @return its id
     */
    public long choose(Actor actor, String idOrName, Optional<Long> chosen) {
        var access = rows.find(idOrName);
        if (!mayUse(actor, access, chosen)) {
            throw DnsAccessRows.unknown(idOrName);
        }
        return access.id();
    }

    /** What people call one that a site uses. */
    public String name(long id) {
        return rows.find(id).name();
    }

    /** Adds one. An account at acme-dns is made there at once. */
    @Audited("dns-access:create")
    public DnsAccessView create(Actor actor, DnsAccessDraft draft) {
        actor.require(Permission.on(DOMAIN, "create"));
        if (draft.kind().needs(DnsKind.Setting.SECRET) && draft.secret().isEmpty()) {
            throw new InvalidInput(Problem.of(draft.kind() == DnsKind.RFC2136 ? "dns-key" : "dns-token")
                    .at("secret"));
        }
        if (draft.kind() != DnsKind.ACME_DNS) {
            return stored(new DnsAccess(draft, draft.zones(), draft.secret(), box), draft);
        }
        var account = AcmeDns.register(URI.create(draft.server().orElseThrow()));
        return stored(new DnsAccess(draft, List.of(AcmeDns.domain(account)), Optional.of(account), box), draft);
    }

    /** Changes one. */
    @Audited("dns-access:update")
    public DnsAccessView update(Actor actor, @AuditTarget String idOrName, DnsAccessDraft draft) {
        actor.require(Permission.on(DOMAIN, UPDATE));
        var access = rows.find(idOrName);
        access.change(draft, box);
        return stored(access, draft);
    }

    /** Forgets one that no site uses, and whose records are all removed. */
    @Audited("dns-access:delete")
    public DnsAccessView delete(Actor actor, @AuditTarget String idOrName) {
        actor.require(Permission.on(DOMAIN, "delete"));
        var access = rows.find(idOrName);
        var view = view(access);
        if (!view.sites().isEmpty()) {
            throw new Conflict(Problem.of("dns-access-in-use", access.name(), String.join(", ", view.sites())));
        }
        if (rows.count(access.id()) > 0) {
            throw new Conflict(Problem.of("dns-records-left", access.name()));
        }
        entities.remove(access);
        return view;
    }

    /**
     * Writes a random record in each zone, looks for it at all its servers, and removes it. Waits for half a minute
     * at most, and before that as long for others where a server keeps few values.
     *
     * @throws org.berth.platform.HostFailure saying which server does not have it, or who refused
     */
    @Audited("dns-access:test")
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public DnsTest test(Actor actor, @AuditTarget String idOrName) {
        actor.require(Permission.on(DOMAIN, UPDATE));
        var holder = ledger.besideJobs("test " + Secrets.token(), "dns-test", actor);
        var use = ledger.access(idOrName, holder);
        var written = use.zones().names().stream()
                .map(zone -> use.kind() == DnsKind.ACME_DNS ? zone : TxtRecord.challengeOf(zone))
                .map(name -> new TxtRecord(name, Secrets.token()))
                .toList();
        try {
            records.write(holder, use, written, TESTED_WITHIN);
            records.awaitEverywhere(holder, TESTED_WITHIN);
        } finally {
            records.remove(holder);
        }
        return new DnsTest(
                written.stream().map(TxtRecord::name).toList(),
                written.stream()
                        .flatMap(record -> servers.responsible(servers.target(record.name())).stream())
                        .distinct()
                        .sorted()
                        .toList());
    }

    private static boolean mayUse(Actor actor, DnsAccess access, Optional<Long> chosen) {
        return actor.isAdministrator()
                || access.isOffered()
                || chosen.filter(id -> id == access.id()).isPresent();
    }

    private DnsAccessView view(DnsAccess access) {
        return access.view(uses.stream()
                .flatMap(use -> use.sites(access.id()).stream())
                .sorted()
                .toList());
    }

    private DnsAccessView stored(DnsAccess access, DnsAccessDraft draft) {
        try {
            entities.persist(access);
            entities.flush();
            return view(access);
        } catch (PersistenceException refused) {
            if (DuplicateKey.isBehind(refused)) {
                throw new Conflict(Problem.of("dns-access-exists", draft.name()).at("name"));
            }
            throw refused;
        }
    }
}
