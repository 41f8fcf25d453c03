package org.berth.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.berth.fixture.Fresh;
import org.berth.host.VerbResult;
import org.berth.jobs.JobLedger;
import org.berth.jobs.JobState;
import org.berth.jobs.JobView;
import org.berth.jobs.StepState;
import org.berth.jobs.Turn;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.berth.sites.SiteDraft;
import org.berth.sites.SitePart;
import org.berth.sites.SiteRepair;
import org.berth.sites.SiteType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The ledger of jobs")
class JobLedgerIT extends WithinPanel {

    private static final VerbResult DONE = new VerbResult(true, JsonObject.EMPTY_JSON_OBJECT, "");

    @Inject
    private SiteRepair repair;

    @Inject
    private JobLedger ledger;

    @Test
    void givesAJobToTheLastOfTwoRunnersAndBelievesNoOther() throws InterruptedException {
        var alice = owner("alice");
        try (var held = Verbs.of(alice).hold("site-user-create")) {
            var job = creation(alice);
            held.reached();
            var turns =
                    atOnce(Collections.<Callable<Turn>>nCopies(2, () -> ledger.begin(job.id(), Fresh.random())))
                            .stream()
                            .map(Turn.Forward.class::cast)
                            .sorted(Comparator.comparingLong(
                                    turn -> turn.lease().token()))
                            .toList();
            assertThat(turns.get(0).lease().token())
                    .isLessThan(turns.get(1).lease().token());
            assertThat(ledger.done(turns.get(0), DONE)).isInstanceOf(Turn.Over.class);
            assertThat(stateOfStep(job, 1)).isEqualTo(StepState.RUNNING);
            assertThat(ledger.done(turns.get(1), DONE))
                    .isInstanceOfSatisfying(
                            Turn.Forward.class, next -> assertThat(next.step()).isEqualTo("files"));
            assertThat(stateOfStep(job, 1)).isEqualTo(StepState.DONE);
        }
    }

    @Test
    void doesNotTryAgainWhatEndedThreeRunners() {
        var alice = owner("alice");
        try (var held = Verbs.of(alice).hold("site-user-create")) {
            var job = creation(alice);
            held.reached();
            assertThat(ledger.begin(job.id(), "second")).isInstanceOf(Turn.Forward.class);
            assertThat(ledger.begin(job.id(), "third")).isInstanceOf(Turn.Forward.class);
            assertThat(ledger.begin(job.id(), "fourth")).isInstanceOf(Turn.Back.class);
            assertThat(jobs.find(Actor.ROOT, job.id()).problem()).contains(Problem.of("job-interrupted", "user"));
        }
    }

    @Test
    void refusesEverythingThatALateWriterSays() {
        var alice = owner("alice");
        try (var held = Verbs.of(alice).hold("site-user-create")) {
            var job = creation(alice);
            held.reached();
            var old = (Turn.Forward) ledger.begin(job.id(), "old");
            var oldBack = new Turn.Back(old.job(), old.lease(), old.position(), old.step());
            var current = (Turn.Forward) ledger.begin(job.id(), "new");
            var before = jobs.find(Actor.ROOT, job.id());
            assertThat(List.of(
                            ledger.done(old, DONE),
                            ledger.failed(old, Problem.of("bug"), "late"),
                            ledger.undone(oldBack, "late"),
                            ledger.undoFailed(oldBack, Problem.of("bug"), "late")))
                    .allMatch(Turn.Over.class::isInstance);
            assertThat(jobs.find(Actor.ROOT, job.id())).isEqualTo(before);
            assertThat(ledger.done(current, DONE)).isInstanceOf(Turn.Forward.class);
        }
    }

    @Test
    void stopsARunWhoseJobWasTakenOverWhileItsVerbRan() {
        var alice = owner("alice");
        var verbs = Verbs.of(alice);
        JobView job;
        Turn.Forward other;
        try (var held = verbs.hold("site-user-create")) {
            job = creation(alice);
            held.reached();
            other = (Turn.Forward) ledger.begin(job.id(), "other");
        }
        heard.runEnds(job.id());
        assertThat(verbs.called()).containsExactly("site-user-create");
        assertThat(stateOfStep(job, 1)).isEqualTo(StepState.RUNNING);
        Turn turn = other;
        while (turn instanceof Turn.Forward forward) {
            turn = ledger.done(forward, DONE);
        }
        assertThat(jobs.find(Actor.ROOT, job.id()).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void tellsTheHostAHigherTokenWithEachLeaseOfTheSite() {
        var alice = owner("alice");
        var verbs = Verbs.of(alice);
        var site = site(alice);
        over(sites.suspend(alice, site.name(), "test"));
        over(sites.resume(alice, site.name()));
        var tokens = verbs.calls().stream()
                .map(call -> Long.valueOf(call.replaceAll(".*\"token\":(\\d+).*", "$1")))
                .distinct()
                .toList();
        assertThat(tokens).hasSize(3).isSorted();
    }

    @Test
    void findsAJobWhoseLeaseRanOutAndHandsItOverWithAHigherToken() {
        var alice = owner("alice");
        try (var held = Verbs.of(alice).hold("site-user-create")) {
            var job = creation(alice);
            held.reached();
            var dead = (Turn.Forward) ledger.begin(job.id(), "dead");
            assertThat(ledger.orphans("dead")).doesNotContain(job.id());
            runOut(job);
            assertThat(ledger.orphans("dead")).contains(job.id());
            var heir = (Turn.Forward) ledger.begin(job.id(), "heir");
            assertThat(heir.lease().token()).isGreaterThan(dead.lease().token());
            assertThat(heir.step()).isEqualTo(dead.step());
            assertThat(ledger.orphans("heir")).doesNotContain(job.id());
            assertThat(ledger.done(dead, DONE)).isInstanceOf(Turn.Over.class);
        }
    }

    @Test
    void findsAtOnceWhatAProcessThatIsGoneHadLeased() {
        var alice = owner("alice");
        try (var held = Verbs.of(alice).hold("site-user-create")) {
            var job = creation(alice);
            held.reached();
            ledger.begin(job.id(), "gone");
            assertThat(ledger.orphans("restarted")).contains(job.id());
        }
    }

    @Test
    void renewsLeasesForTheirHolderOnly() {
        var alice = owner("alice");
        try (var held = Verbs.of(alice).hold("site-user-create")) {
            var job = creation(alice);
            held.reached();
            ledger.begin(job.id(), "holder");
            runOut(job);
            ledger.renew("stranger", List.of(job.id()));
            assertThat(ledger.orphans("holder")).contains(job.id());
            ledger.renew("holder", List.of(job.id()));
            assertThat(ledger.orphans("holder")).doesNotContain(job.id());
        }
    }

    @Test
    void givesNobodyAJobThatIsOver() {
        var alice = owner("alice");
        var job = over(creation(alice));
        assertThat(ledger.begin(job.id(), "late")).isInstanceOf(Turn.Over.class);
        assertThat(jobs.find(Actor.ROOT, job.id())).isEqualTo(job);
    }

    private JobView creation(Actor actor) {
        return sites.create(actor, SiteDraft.of(Fresh.siteName("lease"), SiteType.STATIC));
    }

    private StepState stateOfStep(JobView job, int position) {
        return jobs.find(Actor.ROOT, job.id()).steps().get(position - 1).state();
    }

    private void runOut(JobView job) {
        rows.change("update job set lease_until = utc_timestamp(6) - interval 1 second where id = ?", job.id());
    }

    /** As after Berth's own database was restored. */
    @Test
    void tellsTheHostTheEpochInWhichASiteGotItsNumber() {
        var administrator = administrator();
        var site = site(owner("alice"));
        var epoch = rows.number("select epoch from site_fence where site_id = ?", site.id());
        rows.change("update site_fence set epoch = epoch + 1, token = 0 where site_id = ?", site.id());
        over(repair.repair(administrator, site.id(), Set.of(SitePart.USER)));
        assertThat(Verbs.of(administrator).calls())
                .singleElement()
                .asString()
                .contains("\"epoch\":" + (epoch + 1), "\"born\":" + epoch);
        // Sites of other tests begin with the newest epoch.
        rows.change("update site_fence set epoch = epoch - 1 where site_id = ?", site.id());
    }
}
