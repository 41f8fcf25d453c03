package org.berth.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.berth.doctor.Finding.Remedy;
import org.berth.platform.Problem;
import org.berth.settings.PlanView;
import org.berth.sites.SitePart;
import org.berth.sites.SiteRecord;
import org.berth.sites.SiteState;
import org.berth.sites.SiteType;
import org.junit.jupiter.api.Test;

class SiteExaminerTest {

    private static final PlanView PLAN = new PlanView(1, "Standard", 512, 100, 64, 100, 5, 10240, 500000, true);
    private static final Set<String> WHOLE = Set.of(
            "user",
            "group",
            "home",
            "current",
            "own-logs",
            "php8.4",
            "MemoryMax=536870912",
            "CPUQuota=100%",
            "TasksMax=64",
            "IOWeight=100",
            "DiskMiB=10240",
            "DiskFiles=500000",
            "socket",
            "listening",
            "vhost",
            "certificate",
            "logs",
            "names",
            "served=shop.example",
            "claimed=shop.example",
            "database",
            "database-user",
            "database-socket",
            "database-folder",
            "database-listening");

    private final Set<String> host = new TreeSet<>(WHOLE);
    private Inventory.Use use = new Inventory.Use(0, 0);
    private Optional<Integer> certificate = Optional.empty();
    private Optional<Integer> ordered = Optional.empty();

    @Test
    void siteThatHasEverythingIsHealthyWhetherItsPhpRunsOrNot() {
        assertThat(examine(SiteState.ACTIVE)).isEmpty();
        host.addAll(Set.of("running", "old-logs", "candidate", "php-new", "challenge"));
        host.addAll(Set.of("processes", "tenant-running", "database-running", "php-failed", "database-failed"));
        assertThat(examine(SiteState.ACTIVE)).isEmpty();
    }

    @Test
    void everyThingThatIsMissingIsFoundAndSaysWhereItShouldBe() {
        for (var thing : WHOLE) {
            host.remove(thing);
            assertThat(examine(SiteState.ACTIVE)).as(thing).hasSize(1);
            assertThat(only(SiteState.ACTIVE).missing())
                    .as(thing)
                    .hasSize(1)
                    .first()
                    .asString()
                    .containsPattern("7|shop.example");
            host.add(thing);
        }
    }

    @Test
    void limitThatWouldBindAtOnceIsSetOnlyForWhoeverNamesTheSite() {
        host.remove("DiskMiB=10240");
        assertThat(only(SiteState.ACTIVE).remedy()).isEqualTo(Finding.Remedy.REPAIR);
        var site = record(SiteState.ACTIVE, true);
        use = new Inventory.Use(10240L * 1024 * 1024, 500_001);
        var found = SiteExaminer.examine(site, inventory(true), any -> false);
        assertThat(found).hasSize(1);
        assertThat(found.get(0).problem().code()).isEqualTo("doctor-disk-over");
        assertThat(found.get(0).isRepairable()).isFalse();
        assertThat(found.get(0).isMendable()).isTrue();
        use = new Inventory.Use(10240L * 1024 * 1024 + 1, 1);
        assertThat(only(SiteState.ACTIVE).remedy()).isEqualTo(Remedy.REPAIR_ASKED);
        host.add("DiskMiB=10240");
        assertThat(SiteExaminer.examine(site, inventory(true), any -> false)).isEmpty();
    }

    @Test
    void nothingIsMadeAgainByNamesThatSomebodyChangedByHand() {
        host.remove("vhost");
        host.remove("user");
        var damage = Problem.of("site-damaged", "?", 7);
        var found = SiteExaminer.examine(record(SiteState.ACTIVE, Optional.of(damage)), inventory(true), any -> false);
        assertThat(found).extracting(Finding::problem).contains(damage);
        assertThat(found).hasSize(3).noneMatch(Finding::isMendable);
    }

    @Test
    void whatCanBeMadeAgainIsRepairedByItsPartAndDataAreNot() {
        assertThat(repairedWithout("user")).containsExactly(SitePart.USER);
        assertThat(repairedWithout("group")).containsExactly(SitePart.USER);
        assertThat(repairedWithout("DiskFiles=500000")).containsExactly(SitePart.USER);
        assertThat(repairedWithout("own-logs")).containsExactly(SitePart.FILES);
        assertThat(repairedWithout("socket")).containsExactly(SitePart.PHP);
        assertThat(repairedWithout("TasksMax=64")).containsExactly(SitePart.PHP);
        assertThat(repairedWithout("database-user")).containsExactly(SitePart.DATABASE);
        assertThat(repairedWithout("database-listening")).containsExactly(SitePart.DATABASE);
        assertThat(repairedWithout("vhost", "served=shop.example")).containsExactly(SitePart.VHOST);
        assertThat(repairedWithout("claimed=shop.example")).containsExactly(SitePart.VHOST);
        assertThat(repairedWithout("logs")).containsExactly(SitePart.VHOST);
        assertThat(repairedWithout("certificate")).containsExactly(SitePart.VHOST);
        host.add("certificate-folder");
        assertThat(repairedWithout("certificate")).containsExactly(SitePart.VHOST);
        host.remove("certificate-folder");
        host.add("vhost-changed");
        assertThat(repairedWithout()).containsExactly(SitePart.VHOST);
        host.remove("vhost-changed");
        host.addAll(Set.of("php-copy", "php-changed"));
        assertThat(repairedWithout()).containsExactly(SitePart.PHP);
        host.remove("php-changed");
        assertThat(repairedWithout()).isEmpty();
        assertThat(repairedWithout("home")).isEmpty();
        assertThat(repairedWithout("database")).isEmpty();
        assertThat(repairedWithout("database", "database-user", "database-socket"))
                .isEmpty();
    }

    @Test
    void whatBerthMadeItselfIsPutRightAndWhatTheTenantHasIsForAPerson() {
        assertThat(repairedWith("user-changed")).containsExactly(SitePart.USER);
        assertThat(repairedWith("group-changed")).containsExactly(SitePart.USER);
        assertThat(repairedWith("home-changed")).containsExactly(SitePart.FILES);
        assertThat(repairedWith("database-changed")).containsExactly(SitePart.DATABASE);
        host.add("others-files");
        assertThat(only(SiteState.ACTIVE).problem()).isEqualTo(Problem.of("doctor-owner", "shop.example", "7"));
        assertThat(only(SiteState.ACTIVE).remedy()).isEqualTo(Remedy.NONE);
        host.remove("others-files");
        host.add("database-user-elsewhere");
        assertThat(only(SiteState.ACTIVE).problem().code()).isEqualTo("doctor-data");
        assertThat(only(SiteState.ACTIVE).surplus())
                .hasSize(1)
                .first()
                .asString()
                .contains("s_7");
    }

    @Test
    void whoeverWasLetInByHandIsShutOutByThePart() {
        assertThat(repairedWith("php-access")).containsExactly(SitePart.PHP);
        assertThat(repairedWith("socket-access")).containsExactly(SitePart.PHP);
        assertThat(repairedWith("logs-changed")).containsExactly(SitePart.VHOST);
        host.add("certificate-access");
        assertThat(only(SiteState.ACTIVE).problem().code()).isEqualTo("doctor-exposed");
        assertThat(only(SiteState.ACTIVE).surplus()).containsExactly("/var/lib/berth/tls/7: owner, mode, ACL");
        assertThat(only(SiteState.ACTIVE).remedy()).isEqualTo(Remedy.REPAIR);
        assertThat(only(SiteState.ACTIVE).parts()).containsExactly(SitePart.VHOST);
        host.add("logs-changed");
        assertThat(only(SiteState.ACTIVE).problem().code()).isEqualTo("doctor-vhost");
    }

    @Test
    void certificateThatVisitorsDoNotGetIsFoundWhetherItsFileIsLostOrAnotherOneIsNamed() {
        certificate = Optional.of(3);
        host.add("Certificate=3");
        assertThat(examine(SiteState.ACTIVE)).isEmpty();
        host.remove("certificate");
        assertThat(only(SiteState.ACTIVE).problem().code()).isEqualTo("doctor-certificate");
        host.add("certificate");
        // The site signs its own.
        host.remove("Certificate=3");
        assertThat(only(SiteState.ACTIVE).problem().code()).isEqualTo("doctor-certificate");
        assertThat(only(SiteState.ACTIVE).missing()).containsExactly("/etc/berth/nginx/sites/7.conf: certificate 3");
        assertThat(only(SiteState.ACTIVE).remedy()).isEqualTo(Remedy.REPAIR);
        assertThat(only(SiteState.ACTIVE).parts()).containsExactly(SitePart.VHOST);
        host.add("Certificate=4");
        assertThat(only(SiteState.ACTIVE).surplus()).containsExactly("/etc/berth/nginx/sites/7.conf: certificate 4");
        certificate = Optional.empty();
        assertThat(only(SiteState.ACTIVE).problem().code()).isEqualTo("doctor-certificate");
        host.add("vhost-changed");
        assertThat(only(SiteState.ACTIVE).problem().code()).isEqualTo("doctor-vhost");
        host.removeAll(Set.of("Certificate=4", "vhost-changed"));
        assertThat(examine(SiteState.ACTIVE)).isEmpty();
    }

    @Test
    void keysWithWhichNobodyGoesOnAreRemoved() {
        ordered = Optional.of(5);
        host.add("Key=5");
        assertThat(examine(SiteState.ACTIVE)).isEmpty();
        host.add("Key=4");
        assertThat(only(SiteState.ACTIVE).problem().code()).isEqualTo("doctor-keys");
        assertThat(only(SiteState.ACTIVE).surplus()).containsExactly("/var/lib/berth/tls/7/4.key");
        assertThat(only(SiteState.ACTIVE).remedy()).isEqualTo(Remedy.REPAIR);
        assertThat(only(SiteState.ACTIVE).parts()).containsExactly(SitePart.KEYS);
        ordered = Optional.empty();
        assertThat(only(SiteState.ACTIVE).surplus()).hasSize(2);
        host.retainAll(Set.of("Key=4"));
        host.add("Key=4");
        assertThat(only(SiteState.REMOVED).parts()).containsExactly(SitePart.VHOST);
    }

    @Test
    void missingHomeHidesNothingElseBehindRepairsThatWouldFail() {
        host.clear();
        assertThat(only(SiteState.ACTIVE).problem().code()).isEqualTo("doctor-lost");
    }

    @Test
    void otherVersionLimitAndNameAreFoundOnBothSides() {
        host.removeAll(Set.of("php8.4", "MemoryMax=536870912", "served=shop.example"));
        host.addAll(Set.of("php8.2", "MemoryMax=infinity", "served=other.example"));
        assertThat(examine(SiteState.ACTIVE))
                .extracting(Finding::parts)
                .containsExactly(Set.of(SitePart.PHP), Set.of(SitePart.VHOST));
        assertThat(examine(SiteState.ACTIVE).get(0).surplus())
                .containsExactly("berth-site-7.slice: MemoryMax=infinity", "/etc/berth/php/7: PHP 8.2");
    }

    @Test
    void siteThatIsOfflineHasItsMarkAndNoOpenPhp() {
        host.removeAll(Set.of("socket", "listening"));
        host.add("suspended");
        assertThat(examine(SiteState.SUSPENDED)).isEmpty();
        assertThat(only(SiteState.DELETED).parts()).containsExactly(SitePart.STATE);
        host.addAll(Set.of("listening", "running"));
        assertThat(only(SiteState.SUSPENDED).parts()).containsExactly(SitePart.STATE);
    }

    @Test
    void siteThatIsOnlineHasNoMark() {
        host.add("deleted");
        assertThat(only(SiteState.ACTIVE).parts()).containsExactly(SitePart.STATE);
    }

    @Test
    void quarantinedFileIsNamedAsSuchAndWrittenAnew() {
        host.add("quarantined");
        assertThat(only(SiteState.ACTIVE).problem().code()).isEqualTo("doctor-quarantined");
        assertThat(only(SiteState.ACTIVE).parts()).containsExactly(SitePart.VHOST);
    }

    @Test
    void leftOversOfARemovedSiteAreCleanedWhateverTheyAre() {
        host.addAll(Set.of("suspended", "removing", "old-logs", "pending"));
        var left = only(SiteState.REMOVED);
        assertThat(left.remedy()).isEqualTo(Remedy.CLEAN);
        assertThat(left.parts())
                .containsExactlyInAnyOrder(
                        SitePart.USER, SitePart.FILES, SitePart.PHP, SitePart.DATABASE, SitePart.VHOST);
        assertThat(left.surplus()).hasSize(host.size());
        host.retainAll(Set.of("certificate-folder"));
        host.add("certificate-folder");
        assertThat(only(SiteState.REMOVED).remedy()).isEqualTo(Remedy.CLEAN);
        assertThat(only(SiteState.REMOVED).parts()).containsExactly(SitePart.VHOST);
        assertThat(only(SiteState.REMOVED).surplus()).containsExactly("/var/lib/berth/tls/7");
        host.clear();
        assertThat(examine(SiteState.REMOVED)).isEmpty();
    }

    @Test
    void whatStillRunsOfARemovedSiteIsEndedByThePartThatItBelongsTo() {
        for (var running : Map.of(
                        "running", SitePart.PHP,
                        "database-running", SitePart.DATABASE,
                        "php-failed", SitePart.PHP,
                        "database-failed", SitePart.DATABASE,
                        "tenant-running", SitePart.USER,
                        "processes", SitePart.USER)
                .entrySet()) {
            host.clear();
            host.add(running.getKey());
            var left = only(SiteState.REMOVED);
            assertThat(left.problem().code()).isEqualTo("doctor-left");
            assertThat(left.parts()).containsExactly(running.getValue());
            assertThat(left.surplus()).hasSize(1).first().asString().contains("7");
        }
    }

    @Test
    void unitOfAVerbThatNoJobHasCalledIsWaitedForAndNothingElseIsJudged() {
        host.retainAll(Set.of("verb-running"));
        host.add("verb-running");
        for (var state : SiteState.values()) {
            assertThat(only(state).problem().code()).isEqualTo("doctor-locked");
            assertThat(only(state).remedy()).isEqualTo(Remedy.NONE);
            assertThat(only(state).surplus()).containsExactly("berth-verb-*.service: site 7");
        }
    }

    @Test
    void onlyRemovedSitesAreEverCleaned() {
        host.addAll(Set.of("removing", "pending", "php8.2", "deleted", "suspended", "foreign-user", "quarantined"));
        for (var state : SiteState.values()) {
            if (state != SiteState.REMOVED) {
                assertThat(examine(state)).extracting(Finding::remedy).doesNotContain(Remedy.CLEAN);
            }
        }
    }

    @Test
    void dataThatNobodyKnowsOfAreLeftToAPerson() {
        var site = record(SiteState.ACTIVE, false);
        var findings = SiteExaminer.examine(site, inventory(true), any -> false);
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).remedy()).isEqualTo(Remedy.NONE);
        assertThat(findings.get(0).surplus())
                .containsExactlyInAnyOrder(
                        "MariaDB: s_7",
                        "MariaDB: s_7@localhost",
                        "/run/berth/databases/7",
                        "/run/berth/databases/7/mysqld.sock",
                        "/etc/systemd/system/sockets.target.wants/berth-db@7.socket");
    }

    @Test
    void nothingIsDoneAboutAUserThatIsSomebodyElses() {
        host.removeAll(Set.of("user", "group"));
        host.add("foreign-user");
        assertThat(only(SiteState.ACTIVE).remedy()).isEqualTo(Remedy.NONE);
        host.retainAll(Set.of("foreign-user"));
        assertThat(only(SiteState.REMOVED).remedy()).isEqualTo(Remedy.NONE);
    }

    @Test
    void fenceThatCannotBeReadIsLeftToAPersonAndIsNothingThatARemovedSiteLeft() {
        host.add("fence-damaged");
        assertThat(only(SiteState.ACTIVE).problem().code()).isEqualTo("doctor-fence");
        host.retainAll(Set.of("fence-damaged"));
        assertThat(only(SiteState.REMOVED).remedy()).isEqualTo(Remedy.NONE);
        assertThat(only(SiteState.REMOVED).surplus()).containsExactly("/var/lib/berth/host/fence/7");
    }

    @Test
    void fenceThatIsGoneIsWrittenByTheRepairAndIsNothingThatARemovedSiteLeft() {
        host.add("fence-lost");
        assertThat(only(SiteState.ACTIVE).problem().code()).isEqualTo("doctor-fence-lost");
        assertThat(only(SiteState.ACTIVE).missing()).containsExactly("/var/lib/berth/host/fence/7");
        assertThat(only(SiteState.ACTIVE).remedy()).isEqualTo(Remedy.REPAIR);
        assertThat(only(SiteState.ACTIVE).parts()).containsExactly(SitePart.USER);
        host.add("user-changed");
        assertThat(only(SiteState.ACTIVE).problem().code()).isEqualTo("doctor-user");
        host.retainAll(Set.of("fence-lost", "user"));
        assertThat(only(SiteState.REMOVED).surplus()).containsExactly("/etc/passwd: s_7");
        assertThat(SiteExaminer.unknown(7, host).surplus()).containsExactly("/etc/passwd: s_7");
    }

    @Test
    void fenceThatIsGoneSetsNoLimitThatWouldBindAtOnce() {
        host.add("fence-lost");
        host.remove("DiskMiB=10240");
        use = new Inventory.Use(10240L * 1024 * 1024 + 1, 1);
        assertThat(only(SiteState.ACTIVE).remedy()).isEqualTo(Remedy.REPAIR_ASKED);
    }

    @Test
    void whatStoppedHalfWayGoesOnIfItCan() {
        assertThat(only(SiteState.CREATING).remedy()).isEqualTo(Remedy.NONE);
        assertThat(SiteExaminer.examine(record(SiteState.REMOVING, true), inventory(true), any -> true))
                .extracting(Finding::remedy)
                .containsExactly(Remedy.RETRY);
    }

    @Test
    void siteThatAVerbWorksOnIsNotJudged() {
        host.clear();
        host.add("locked");
        assertThat(only(SiteState.ACTIVE).problem().code()).isEqualTo("doctor-locked");
        assertThat(only(SiteState.REMOVED).remedy()).isEqualTo(Remedy.NONE);
    }

    @Test
    void silentDatabaseServerMakesNoDatabaseMissing() {
        host.removeAll(Set.of("database", "database-user"));
        assertThat(SiteExaminer.examine(record(SiteState.ACTIVE, true), inventory(false), any -> false))
                .isEmpty();
    }

    @Test
    void numberThatBerthDoesNotKnowIsNeverTouched() {
        var finding = SiteExaminer.unknown(7, host);
        assertThat(finding.remedy()).isEqualTo(Remedy.NONE);
        assertThat(finding.surplus()).hasSize(host.size());
    }

    @Test
    void limitsOfTheDiskAreNotMissedWhereTheKernelKeepsNone() {
        var unlimited = new TreeSet<>(WHOLE);
        unlimited.removeAll(Set.of("DiskMiB=10240", "DiskFiles=500000"));
        var things = new TreeMap<Long, Set<String>>();
        things.put(7L, unlimited);

        assertThat(SiteExaminer.examine(
                        record(SiteState.ACTIVE, true), new Inventory(true, false, things, Map.of()), any -> false))
                .isEmpty();
    }

    @Test
    void answerOfTheHostIsRead() {
        var json = """
                {"databases":true,"quota":false,"sites":[{"has":["user","group"],"numbers":[7,9]},{"has":["locked"],"numbers":[9]}],
                 "served":{"7":"a.example b.example"},"claimed":{"11":"a.example"}}""";
        var use = """
                {"enforced":true,"sites":[[7,4096,2]]}""";
        try (var reader = Json.createReader(new StringReader(json));
                var uses = Json.createReader(new StringReader(use))) {
            var read = Inventory.read(reader.readObject(), uses.readObject());
            assertThat(read.use(7)).isEqualTo(new Inventory.Use(4096, 2));
            assertThat(read.use(8)).isEqualTo(new Inventory.Use(0, 0));
            assertThat(read.of(7)).containsExactlyInAnyOrder("user", "group", "served=a.example", "served=b.example");
            assertThat(read.of(9)).containsExactlyInAnyOrder("user", "group", "locked");
            assertThat(read.of(11)).containsExactly("claimed=a.example");
            assertThat(read.of(8)).isEmpty();
        }
    }

    private Set<SitePart> repairedWithout(String... things) {
        host.removeAll(Set.of(things));
        var parts = new TreeSet<SitePart>();
        examine(SiteState.ACTIVE).forEach(finding -> parts.addAll(finding.parts()));
        host.addAll(Set.of(things));
        return parts;
    }

    private Set<SitePart> repairedWith(String thing) {
        host.add(thing);
        var parts = repairedWithout();
        host.remove(thing);
        return parts;
    }

    private Finding only(SiteState state) {
        var findings = new ArrayList<>(examine(state));
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    private List<Finding> examine(SiteState state) {
        return SiteExaminer.examine(record(state, true), inventory(true), any -> false);
    }

    private Inventory inventory(boolean databases) {
        var things = new TreeMap<Long, Set<String>>();
        things.put(7L, host);
        return new Inventory(databases, true, things, Map.of(7L, use));
    }

    private SiteRecord record(SiteState state, boolean database) {
        var names = state == SiteState.REMOVED ? Set.<String>of() : Set.of("shop.example");
        return record(state, database, names, Optional.empty());
    }

    private SiteRecord record(SiteState state, Optional<Problem> damage) {
        return record(state, true, Set.of("shop.example"), damage);
    }

    private SiteRecord record(SiteState state, boolean database, Set<String> names, Optional<Problem> damage) {
        return new SiteRecord(
                7,
                "shop.example",
                SiteType.PHP,
                state,
                Optional.of("8.4"),
                PLAN,
                database,
                names,
                Set.of(),
                certificate,
                ordered,
                damage);
    }
}
