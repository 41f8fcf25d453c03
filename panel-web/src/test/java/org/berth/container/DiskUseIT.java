package org.berth.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.berth.doctor.Doctor;
import org.berth.doctor.Finding;
import org.berth.fixture.Eventually;
import org.berth.fixture.Fresh;
import org.berth.platform.Conflict;
import org.berth.platform.PageRequest;
import org.berth.security.Actor;
import org.berth.sites.DiskUse;
import org.berth.sites.SiteDraft;
import org.berth.sites.SiteRow;
import org.berth.sites.SiteType;
import org.berth.sites.SiteUses;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a site has on disk")
class DiskUseIT extends WithinPanel {

    private static final long PLAN_BYTES = 10240L * 1024 * 1024;

    @Inject
    private SiteUses uses;

    @Inject
    private Doctor doctor;

    @Test
    void isCountedByTheSweepOnceADayAndShownWithItsTime() {
        var alice = owner("alice");
        var site = site(alice);
        assertThat(disk(alice, site.id()).limitBytes()).isEqualTo(PLAN_BYTES);
        assertThat(disk(alice, site.id()).limitFiles()).isEqualTo(500_000);

        countedBySweep(site.id());
        var count = disk(alice, site.id()).count().orElseThrow();
        assertThat(count.bytes()).isEqualTo(12345);
        assertThat(count.files()).isEqualTo(67);
        assertThat(disk(alice, site.id()).enforced()).isFalse();

        assertThat(uses.due(1000)).doesNotContain(site.id());
        rows.change(
                "update site_use set bytes = 1, counted_at = counted_at - interval 25 hour where site_id = ?",
                site.id());
        assertThat(uses.due(1000)).contains(site.id());
        countedBySweep(site.id());
        assertThat(disk(alice, site.id()).count().orElseThrow().bytes()).isEqualTo(12345);
    }

    @Test
    void aboveTheLimitIsFoundInListsByBytesAndByFiles() {
        var alice = owner("alice");
        var large = site(alice);
        var many = site(alice);
        var full = site(alice);
        uses.counted(large.id(), PLAN_BYTES + 1, 1, true);
        uses.counted(many.id(), 1, 500_001, true);
        uses.counted(full.id(), PLAN_BYTES, 500_000, true);

        assertThat(disk(alice, large.id()).isOver()).isTrue();
        assertThat(disk(alice, full.id()).isOver()).isFalse();
        assertThat(sites.list(alice, new PageRequest(0, 10, "id", true, "", Map.of("disk", "over")))
                        .rows())
                .extracting(SiteRow::id)
                .containsExactly(large.id(), many.id());
    }

    @Test
    void aboveTheLimitLeavesItsOwnerNoRoomForAnotherSiteUntilItIsCountedAgain() {
        var alice = owner("alice");
        var full = site(alice);
        uses.counted(full.id(), PLAN_BYTES + 1, 1, true);
        var draft = SiteDraft.of(Fresh.siteName("more"), SiteType.STATIC);
        assertThat(refusal(Conflict.class, () -> sites.create(alice, draft)).code())
                .isEqualTo("site-above-limit");
        site(owner("bob"));

        assertThat(uses.due(1000)).doesNotContain(full.id());
        rows.change("update site_use set counted_at = counted_at - interval 11 minute where site_id = ?", full.id());
        countedBySweep(full.id());
        sites.create(alice, draft);
    }

    @Test
    void thatWasNotSeenWholeIsNeverTakenForLess() {
        var alice = owner("alice");
        var site = site(alice);
        uses.counted(site.id(), 5000, 10, true);
        uses.counted(site.id(), 3000, 20, false);
        assertThat(disk(alice, site.id()).count().orElseThrow())
                .extracting(DiskUse.Count::bytes, DiskUse.Count::files)
                .containsExactly(5000L, 20L);
        uses.counted(site.id(), 4000, 11, true);
        assertThat(disk(alice, site.id()).count().orElseThrow().bytes()).isEqualTo(4000);
    }

    /** The sites that were never counted come first. */
    @Test
    void isCountedAlthoughOtherSitesFailAgainAndAgain() {
        var alice = owner("alice");
        Eventually.holds("what other tests left is counted", () -> {
            sweep("disk-use");
            return uses.due(1).isEmpty();
        });
        var failing = new ArrayList<Long>();
        for (var site = 0; site < 6; site++) {
            failing.add(site(alice).id());
        }
        var last = site(alice).id();
        failing.forEach(site -> Verbs.ofNobody().fail("site-use", site));
        // The clock may have counted one meanwhile.
        failing.forEach(site -> rows.change("delete from site_use where site_id = ?", site));
        for (var minute = 0; minute < 3; minute++) {
            sweep("disk-use");
        }
        assertThat(uses.due(1000)).containsExactlyElementsOf(failing);
    }

    @Test
    void isToldByTheKernelOfAllSitesAtOnce() {
        var alice = owner("alice");
        var used = site(alice);
        var empty = site(alice);
        var counts = new HashMap<Long, long[]>();
        counts.put(used.id(), new long[] {777, 7});
        // Nobody's.
        counts.put(29_999L, new long[] {1, 1});
        uses.counted(counts);
        uses.counted(counts);

        assertThat(disk(alice, used.id()).count().orElseThrow().bytes()).isEqualTo(777);
        assertThat(disk(alice, empty.id()).count().orElseThrow().bytes()).isZero();
        assertThat(rows.number("select count(*) from site_use where site_id = 29999"))
                .isZero();
    }

    /** A limit below that would bind at once, and what was counted last may be little, or nothing. */
    @Test
    void isAskedOfTheKernelBeforeALimitIsSet() {
        var alice = owner("alice");
        var above = site(alice);
        var below = site(alice);
        uses.counted(above.id(), 1, 1, true);
        uses.counted(below.id(), PLAN_BYTES + 1, 1, true);
        var verbs = Verbs.ofNobody();
        verbs.answer(
                "host-inventory",
                "{\"databases\":true,\"quota\":true,\"sites\":[{\"has\":[\"home\"],\"numbers\":[%d,%d]}],\"served\":{},\"claimed\":{}}"
                        .formatted(above.id(), below.id()));
        verbs.answer(
                "disk-use",
                "{\"enforced\":true,\"sites\":[[%d,%d,1],[%d,%d,1]]}"
                        .formatted(above.id(), PLAN_BYTES + 1, below.id(), PLAN_BYTES));
        try {
            assertThat(doctor.examine(Actor.ROOT).findings())
                    .filteredOn(finding ->
                            "doctor-disk-over".equals(finding.problem().code()))
                    .extracting(Finding::site)
                    .containsExactly(above.id());
        } finally {
            verbs.answerAsUsual("host-inventory");
            verbs.answerAsUsual("disk-use");
        }
    }

    /** It takes some sites at a time, and other tests have theirs. */
    private void countedBySweep(long site) {
        Eventually.holds("site " + site + " is counted", () -> {
            sweep("disk-use");
            return !uses.due(1000).contains(site);
        });
    }

    private DiskUse disk(Actor actor, long site) {
        return sites.find(actor, String.valueOf(site)).disk();
    }
}
