package org.berth.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.berth.audit.AuditLog;
import org.berth.fixture.Eventually;
import org.berth.jobs.JobState;
import org.berth.platform.Conflict;
import org.berth.platform.Denied;
import org.berth.platform.PageRequest;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.services.HostTls;
import org.berth.services.TlsChoice;
import org.berth.services.TlsProfile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What all sites take of TLS")
class HostTlsIT extends WithinPanel {

    @Inject
    private HostTls tls;

    @Inject
    private AuditLog audit;

    /** There is one host only. */
    @AfterEach
    void answerAsUsual() {
        Verbs.ofNobody().answerAsUsual("host-inspect");
        over(tls.choose(Actor.ROOT, chosen(TlsProfile.INTERMEDIATE)));
    }

    @Test
    void isTheAdministratorsToSeeAndToChoose() {
        var alice = owner("alice");
        assertThat(refusal(Denied.class, () -> tls.profile(alice)).code()).isEqualTo("denied");
        assertThat(refusal(Denied.class, () -> tls.choose(alice, confirmed(TlsProfile.MODERN)))
                        .code())
                .isEqualTo("denied");
        assertThat(audited(alice)).containsExactly("host:tls DENIED modern; denied [host:tls]");
    }

    @Test
    void leavesOlderBrowsersOutOnlyWhenThatIsConfirmedAndIsSeenAtOnce() {
        var admin = administrator();
        assertThat(tls.profile(admin)).isEqualTo(TlsProfile.INTERMEDIATE);
        assertThat(refusal(Conflict.class, () -> tls.choose(admin, chosen(TlsProfile.MODERN))))
                .isEqualTo(Problem.of("tls-modern").at("confirmed"));
        assertThat(Verbs.of(admin).called()).isEmpty();

        Verbs.ofNobody().answer("host-inspect", inspected("modern"));
        assertThat(over(tls.choose(admin, confirmed(TlsProfile.MODERN))).state())
                .isEqualTo(JobState.SUCCEEDED);
        assertThat(Verbs.of(admin).calls())
                .singleElement()
                .asString()
                .startsWith("tls-profile ")
                .contains("\"site\":0", "\"profile\":\"modern\"");
        assertThat(tls.profile(admin)).isEqualTo(TlsProfile.MODERN);
        assertThat(audited(admin))
                .containsExactly("host:tls DONE modern", "host:tls REFUSED modern; confirmed: tls-modern");
    }

    @Test
    void staysWhenTheHostRefusesItAndCanBeTriedAgain() {
        var admin = administrator();
        Verbs.of(admin).fail("tls-profile");
        var failed = over(tls.choose(admin, confirmed(TlsProfile.MODERN)));
        assertThat(failed.state()).isEqualTo(JobState.FAILED);
        assertThat(failed.problem()).map(Problem::code).contains("host-failed");
        assertThat(tls.profile(admin)).isEqualTo(TlsProfile.INTERMEDIATE);
        Verbs.of(admin).succeed("tls-profile");
        jobs.retry(admin, failed.id());
        Eventually.holds(
                "the second attempt succeeds",
                () -> jobs.find(admin, failed.id()).state() == JobState.SUCCEEDED);
    }

    @Test
    void isChosenByOneAtATime() {
        var admin = administrator();
        try (var held = Verbs.of(admin).hold("tls-profile")) {
            tls.choose(admin, confirmed(TlsProfile.MODERN));
            held.reached();
            assertThat(refusal(Conflict.class, () -> tls.choose(admin, chosen(TlsProfile.INTERMEDIATE)))
                            .code())
                    .isEqualTo("site-busy");
        }
        over(newestJob(0));
    }

    private static TlsChoice chosen(TlsProfile profile) {
        return new TlsChoice(profile, false);
    }

    private static TlsChoice confirmed(TlsProfile profile) {
        return new TlsChoice(profile, true);
    }

    /** As the host tells it. */
    private static String inspected(String profile) {
        return "{\"phpVersions\":[],\"addresses\":{\"ipv4\":[],\"ipv6\":[]},\"disks\":[],\"quota\":{\"fileSystem\":\"\","
                + "\"enforced\":false,\"why\":\"kernel\"},\"tlsProfile\":\"" + profile
                + "\",\"quarantined\":[],\"refused\":[],\"load1\":0,\"services\":[]}";
    }

    private List<String> audited(Actor actor) {
        var page = new PageRequest(0, 10, "", true, "", Map.of("actor", actor.name()));
        return audit.list(Actor.ROOT, page).rows().stream()
                .map(entry -> entry.action() + " " + entry.result() + " " + entry.detail())
                .toList();
    }
}
