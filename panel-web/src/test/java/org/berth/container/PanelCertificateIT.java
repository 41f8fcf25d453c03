package org.berth.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.berth.certificates.AcmeDirectories;
import org.berth.certificates.CertificateDraft;
import org.berth.certificates.CertificateRow;
import org.berth.certificates.CertificateState;
import org.berth.certificates.CertificateUpload;
import org.berth.certificates.CertificateView;
import org.berth.certificates.Certificates;
import org.berth.certificates.ChallengeKind;
import org.berth.certificates.DirectoryDraft;
import org.berth.certificates.SiteCertificateView;
import org.berth.dns.DnsAccessDraft;
import org.berth.dns.DnsAccesses;
import org.berth.dns.DnsKind;
import org.berth.fixture.Eventually;
import org.berth.fixture.Fresh;
import org.berth.fixture.Minted;
import org.berth.jobs.JobState;
import org.berth.jobs.JobView;
import org.berth.platform.Conflict;
import org.berth.platform.InvalidInput;
import org.berth.platform.NotFound;
import org.berth.platform.PageRequest;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.services.Health;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The panel's own certificate")
class PanelCertificateIT extends WithinPanel {

    private static final String PANEL = "panel";

    @Inject
    private Certificates certificates;

    @Inject
    private AcmeDirectories directories;

    @Inject
    private DnsAccesses accesses;

    @Inject
    private Health health;

    /** There is one panel only. */
    @AfterEach
    void forgetAll() {
        rows.change("delete from acme_order where certificate_id in (select id from certificate where site_id = 0)");
        rows.change("delete from certificate where site_id = 0");
        rows.change("delete from site_certificate where site_id = 0");
        rows.change("delete from certificate_check where site_id = 0");
    }

    @Test
    void isTheAdministratorsAlone() {
        var alice = owner("alice");
        for (var reference : List.of(PANEL, "0")) {
            assertThat(refusal(NotFound.class, () -> certificates.find(alice, reference)))
                    .isEqualTo(Problem.of("site-unknown", reference));
            assertThat(refusal(NotFound.class, () -> certificates.issue(alice, reference, CertificateDraft.AS_BEFORE))
                            .code())
                    .isEqualTo("site-unknown");
            assertThat(refusal(NotFound.class, () -> certificates.withdraw(alice, reference, false))
                            .code())
                    .isEqualTo("site-unknown");
        }
        var view = shown();
        assertThat(view.siteName()).isEqualTo(PanelArchive.NAME);
        assertThat(view.names()).containsExactly(PanelArchive.NAME);
        assertThat(view.served()).isEmpty();
        assertThat(view.unorderable()).isEmpty();
    }

    @Test
    void thatIsBroughtIsShownUntilTheSelfSignedOneIsWantedAgainAndCanComeBack() {
        var admin = administrator();
        assertThat(refusal(NotFound.class, () -> certificates.withdraw(admin, PANEL, false)))
                .isEqualTo(Problem.of("certificate-own", PanelArchive.NAME));
        var other = Minted.selfSigned(Fresh.siteName("other"));
        assertThat(refusal(
                                InvalidInput.class,
                                () -> certificates.upload(
                                        admin, PANEL, new CertificateUpload(other.pem(), other.key(), false)))
                        .code())
                .isEqualTo("certificate-other-names");
        var brought = Minted.selfSigned(PanelArchive.NAME);
        succeeds(certificates.upload(admin, PANEL, new CertificateUpload(brought.pem(), brought.key(), false)));
        assertThat(lastCall(admin)).startsWith("certificate-install").contains("\"site\":0");
        assertThat(shown().served()).map(CertificateView::uploaded).contains(true);
        assertThat(shown().uncovered()).isEmpty();
        assertThat(listed(Map.of())).satisfies(row -> {
            assertThat(row.siteName()).isEqualTo(PanelArchive.NAME);
            assertThat(row.ownerLogin()).isEmpty();
            assertThat(row.attention()).isFalse();
        });

        succeeds(certificates.withdraw(admin, PANEL, false));
        assertThat(lastCall(admin)).startsWith("certificate-withdraw").contains("\"site\":0", "\"keep\":true");
        assertThat(shown().served()).isEmpty();
        assertThat(shown().history()).extracting(CertificateView::state).containsExactly(CertificateState.REPLACED);
        assertThat(shown().before()).contains(1);

        succeeds(certificates.goBack(admin, PANEL, Optional.empty(), false));
        assertThat(lastCall(admin)).startsWith("certificate-install").contains("\"certificate\":1");
        assertThat(shown().served()).map(CertificateView::number).contains(1);
    }

    @Test
    void isOrderedAgainByTheClockAndToldOfWhenThatFails() {
        var admin = administrator();
        var failed = over(certificates.issue(admin, PANEL, from(authority())));
        assertThat(failed.state()).isEqualTo(JobState.UNDONE);
        assertThat(failed.problem()).map(Problem::code).contains("certificate-names-elsewhere");
        assertThat(failed.problem().orElseThrow().args().toString()).contains(PanelArchive.NAME);
        assertThat(Verbs.of(admin).calls())
                .filteredOn(call -> call.startsWith("acme-challenge"))
                .hasSize(2)
                .allSatisfy(call -> assertThat(call).contains("\"site\":0"));
        assertThat(shown().nextAt()).isPresent();
        rows.change("update site_certificate set due_at = utc_timestamp(6) - interval 1 second where site_id = 0");
        sweep("certificate-renewals");
        over(newestJob(0));
        assertThat(shown().failures()).isEqualTo(2);
        assertThat(shown().attention()).isTrue();
        assertThat(listed(Map.of("attention", "true")).problem())
                .map(Problem::code)
                .contains("certificate-names-elsewhere");
        Eventually.holds(
                "somebody is told",
                () -> health.view(Actor.ROOT).reasons().stream()
                        .anyMatch(reason -> reason.code().equals("health-certificates")));
    }

    @Test
    void isForItsOneNameAndKeepsTheWayInUseByWhichItIsProven() {
        var admin = administrator();
        var authority = authority();
        var access = accesses.create(
                Actor.ROOT,
                new DnsAccessDraft(
                        "Panel " + Fresh.random(),
                        DnsKind.HOOK,
                        List.of("harbour-test.com"),
                        Optional.empty(),
                        Optional.of("mine"),
                        Optional.empty(),
                        Optional.empty(),
                        false));
        assertThat(refusal(
                        InvalidInput.class,
                        () -> certificates.issue(admin, PANEL, by(authority, access.name(), "*." + PanelArchive.NAME))))
                .isEqualTo(Problem.of("certificate-wildcard-unknown", "*." + PanelArchive.NAME)
                        .at("wildcards"));
        over(certificates.issue(admin, PANEL, by(authority, access.name())));
        assertThat(refusal(Conflict.class, () -> accesses.delete(Actor.ROOT, access.name())))
                .isEqualTo(Problem.of("dns-access-in-use", access.name(), PanelArchive.NAME));
    }

    @Test
    void isLookedAtLikeThatOfASite() {
        var admin = administrator();
        succeeds(certificates.check(admin, PANEL));
        assertThat(shown().check().orElseThrow().names())
                .singleElement()
                .satisfies(name -> assertThat(name.name()).isEqualTo(PanelArchive.NAME));
    }

    private SiteCertificateView shown() {
        return certificates.find(Actor.ROOT, PANEL);
    }

    private CertificateRow listed(Map<String, String> filters) {
        return certificates.list(Actor.ROOT, new PageRequest(0, 100, "site", true, "", filters)).rows().stream()
                .filter(row -> row.siteId() == 0)
                .findFirst()
                .orElseThrow();
    }

    private void succeeds(JobView job) {
        assertThat(job.siteId()).contains(0L);
        assertThat(over(job).state()).isEqualTo(JobState.SUCCEEDED);
    }

    private static String lastCall(Actor actor) {
        var calls = Verbs.of(actor).calls();
        return calls.get(calls.size() - 1);
    }

    private String authority() {
        var name = "Authority " + Fresh.random();
        return directories
                .create(
                        Actor.ROOT,
                        new DirectoryDraft(
                                name,
                                "https://acme.example/" + name.replace(' ', '-'),
                                Optional.of("host@harbour-test.com"),
                                Optional.empty(),
                                Optional.empty(),
                                true,
                                Optional.of(true),
                                Optional.empty(),
                                Optional.empty()))
                .name();
    }

    private static CertificateDraft from(String authority) {
        return new CertificateDraft(Optional.of(authority), Optional.empty(), Optional.empty());
    }

    private static CertificateDraft by(String authority, String access, String... wildcards) {
        return new CertificateDraft(
                Optional.of(authority),
                Optional.empty(),
                Optional.empty(),
                Optional.of(ChallengeKind.DNS_01),
                Optional.of(access),
                Optional.of(List.of(wildcards)),
                false,
                false);
    }
}
