package org.berth.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.berth.certificates.AcmeDirectories;
import org.berth.certificates.CertificateDraft;
import org.berth.certificates.Certificates;
import org.berth.certificates.ChallengeKind;
import org.berth.certificates.DirectoryDraft;
import org.berth.dns.DnsAccessDraft;
import org.berth.dns.DnsAccessView;
import org.berth.dns.DnsAccesses;
import org.berth.dns.DnsKind;
import org.berth.fixture.Fresh;
import org.berth.jobs.JobState;
import org.berth.platform.Conflict;
import org.berth.platform.Denied;
import org.berth.platform.HostFailure;
import org.berth.platform.InvalidInput;
import org.berth.platform.NotFound;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A DNS access")
class DnsAccessesIT extends WithinPanel {

    /** No server listens there. */
    private static final String NOWHERE = "127.0.0.1:1";

    private static final String SECRET = "c2VjcmV0IG9mIGEga2V5";

    @Inject
    private DnsAccesses accesses;

    @Inject
    private Certificates certificates;

    @Inject
    private AcmeDirectories directories;

    @Test
    void isForAdministratorsAndKeepsItsSecret() {
        var alice = owner("alice");
        assertThat(refusal(Denied.class, () -> accesses.list(alice)).code()).isEqualTo("denied");
        assertThat(refusal(Denied.class, () -> accesses.create(alice, update("x", SECRET, false)))
                        .code())
                .isEqualTo("denied");
        var made = access(false);
        assertThat(refusal(Denied.class, () -> accesses.test(alice, made.name()))
                        .code())
                .isEqualTo("denied");
        assertThat(secret(made)).startsWith("v1:").doesNotContain(SECRET);
        assertThat(rows.value(
                        "select group_concat(detail) from audit_entry where action = 'dns-access:create'"
                                + " and target_name = ?",
                        made.name()))
                .contains("rfc2136 at " + NOWHERE)
                .doesNotContain(SECRET);
    }

    @Test
    void keepsItsSecretForTheServerThatItWasGivenFor() {
        var made = access(false);
        var before = secret(made);
        accesses.update(Actor.ROOT, made.name(), update(made.name(), "", true));
        assertThat(secret(made)).isEqualTo(before);
        assertThat(accesses.find(Actor.ROOT, made.name()).offered()).isTrue();
        var elsewhere = new DnsAccessDraft(
                made.name(),
                DnsKind.RFC2136,
                made.zones(),
                Optional.of("192.0.2.1"),
                made.account(),
                Optional.empty(),
                Optional.empty(),
                false);
        assertThat(refusal(InvalidInput.class, () -> accesses.update(Actor.ROOT, made.name(), elsewhere)))
                .isEqualTo(Problem.of("dns-secret-again").at("secret"));
        var hook = new DnsAccessDraft(
                made.name(),
                DnsKind.HOOK,
                made.zones(),
                Optional.empty(),
                Optional.of("mine"),
                Optional.empty(),
                Optional.empty(),
                false);
        assertThat(refusal(InvalidInput.class, () -> accesses.update(Actor.ROOT, made.name(), hook))
                        .code())
                .isEqualTo("dns-kind-stays");
        assertThat(refusal(Conflict.class, () -> accesses.create(Actor.ROOT, update(made.name(), SECRET, false))))
                .isEqualTo(Problem.of("dns-access-exists", made.name()).at("name"));
    }

    @Test
    void thatCannotBeReachedIsTold() {
        var made = access(false);
        assertThat(refusal(HostFailure.class, () -> accesses.test(Actor.ROOT, made.name()))
                        .code())
                .startsWith("dns-");
    }

    @Test
    void isUsedBySitesThatItIsOfferedTo() {
        var alice = owner("alice");
        var site = site(alice);
        var closed = access(false);
        var offered = access(true);
        assertThat(certificates.dnsAccesses(alice, site.name()))
                .contains(offered.name())
                .doesNotContain(closed.name());
        assertThat(refusal(NotFound.class, () -> certificates.issue(alice, site.name(), by(closed))))
                .isEqualTo(Problem.of("dns-access-unknown", closed.name()));
        var failed = over(certificates.issue(alice, site.name(), by(offered, "*." + site.name())));
        assertThat(failed.state()).isEqualTo(JobState.UNDONE);
        assertThat(failed.problem()).map(Problem::code).get().asString().startsWith("dns-");
        assertThat(Verbs.of(alice).calls()).noneMatch(call -> call.startsWith("acme-challenge"));
        var view = certificates.find(alice, site.name());
        assertThat(view.challenge()).isEqualTo(ChallengeKind.DNS_01);
        assertThat(view.dnsAccess()).contains(offered.name());
        assertThat(view.wildcards()).containsExactly("*." + site.name());
        assertThat(view.history().get(0).names()).containsExactly("*." + site.name(), site.name());
        // What is not named stays as it was chosen.
        assertThat(refusal(
                        InvalidInput.class,
                        () -> certificates.issue(
                                alice,
                                site.name(),
                                draft(Optional.of(ChallengeKind.HTTP_01), Optional.empty(), Optional.empty()))))
                .isEqualTo(Problem.of("certificate-wildcard-lost", "*." + site.name())
                        .at("wildcards"));
        assertThat(accesses.find(Actor.ROOT, offered.name()).sites()).containsExactly(site.name());
        assertThat(refusal(Conflict.class, () -> accesses.delete(Actor.ROOT, offered.name())))
                .isEqualTo(Problem.of("dns-access-in-use", offered.name(), site.name()));

        // What an administrator chose for a site its owner goes on with.
        over(certificates.issue(Actor.ROOT, site.name(), by(closed)));
        over(certificates.renew(alice, site.name()));
        assertThat(certificates.find(alice, site.name()).dnsAccess()).contains(closed.name());
        accesses.delete(Actor.ROOT, offered.name());
    }

    @Test
    void isWhatNamesWithAStarNeed() {
        var alice = owner("alice");
        var site = site(alice);
        var offered = access(true);
        var star = Optional.of(List.of("*." + site.name()));
        assertThat(refusal(
                        InvalidInput.class,
                        () -> certificates.issue(
                                alice, site.name(), draft(Optional.of(ChallengeKind.HTTP_01), Optional.empty(), star))))
                .isEqualTo(Problem.of("certificate-wildcard-http", "*." + site.name())
                        .at("wildcards"));
        assertThat(refusal(
                        InvalidInput.class,
                        () -> certificates.issue(
                                alice, site.name(), draft(Optional.of(ChallengeKind.DNS_01), Optional.empty(), star))))
                .isEqualTo(Problem.of("certificate-dns-access-missing").at("dnsAccess"));
        assertThat(refusal(
                        InvalidInput.class,
                        () -> certificates.issue(
                                alice,
                                site.name(),
                                draft(
                                        Optional.of(ChallengeKind.HTTP_01),
                                        Optional.of(offered.name()),
                                        Optional.empty()))))
                .isEqualTo(Problem.of("certificate-dns-access-http").at("dnsAccess"));
        Stream.of("*.other.example", "*", "*.example", site.name(), "**." + site.name(), "*.*." + site.name())
                .forEach(wrong -> assertThat(refusal(
                                InvalidInput.class, () -> certificates.issue(alice, site.name(), by(offered, wrong))))
                        .isEqualTo(Problem.of("certificate-wildcard-unknown", wrong)
                                .at("wildcards")));
        assertThat(certificates.find(alice, site.name()).history()).isEmpty();
    }

    private DnsAccessView access(boolean offered) {
        return accesses.create(Actor.ROOT, update("Access " + Fresh.random(), SECRET, offered));
    }

    private static DnsAccessDraft update(String name, String secret, boolean offered) {
        return new DnsAccessDraft(
                name,
                DnsKind.RFC2136,
                List.of("shop.invalid"),
                Optional.of(NOWHERE),
                Optional.of("berth-key"),
                Optional.empty(),
                Optional.of(secret),
                offered);
    }

    private CertificateDraft by(DnsAccessView access, String... wildcards) {
        return draft(Optional.empty(), Optional.of(access.name()), Optional.of(List.of(wildcards)));
    }

    private CertificateDraft draft(
            Optional<ChallengeKind> challenge, Optional<String> access, Optional<List<String>> wildcards) {
        var authority = directories.create(
                Actor.ROOT,
                new DirectoryDraft(
                        "Authority " + Fresh.random(),
                        "https://127.0.0.1:1/dir",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        Optional.of(true),
                        Optional.empty(),
                        Optional.empty()));
        return new CertificateDraft(
                Optional.of(authority.name()),
                Optional.empty(),
                Optional.empty(),
                challenge,
                access,
                wildcards,
                false,
                false);
    }

    private String secret(DnsAccessView access) {
        return rows.value("select secret from dns_access where id = ?", access.id());
    }
}
