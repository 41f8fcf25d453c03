package org.berth.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.berth.jobs.JobFacts;
import org.berth.platform.Problem;
import org.berth.security.Actor;
import org.junit.jupiter.api.Test;

/**
 * A host with 10,000 certificates for a year, minute by minute, by the rules of the real clock and all limits. Nine of ten
 * are of a public authority that keeps its limits by a bucket that fills up again: mostly of 90 days, some of 45 and of 6. It
 * wants many replaced at once, and is down for a day and a half, while owners order as much as they may for new sites. The
 * others are of an authority of one's own, and live for a day or for half of one; it is down for two hours. Both fail now and
 * then. Half of all sites are below three registered domains.
 */
class YearOfRenewalsTest {

    private static final int CERTIFICATES = 10_000;
    private static final int OWNERS = 100;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant END = START.plus(Duration.ofDays(365));
    private static final Instant RECALL = START.plus(Duration.ofDays(150));
    private static final int RECALLED = 1_500;
    private static final Instant DOWN = START.plus(Duration.ofDays(200));
    private static final int ONE_FAILS_IN = 50;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final List<String> SHARED = List.of("example.com", "example.net", "example.org");

    private final Random random = new Random(4);
    private final Authority world = new Authority(1, Duration.ofHours(36), true);
    private final Authority own = new Authority(2, Duration.ofHours(2), false);
    private final OrderBudget budget = new MemoryBudget();
    private final List<Renewed> underWay = new ArrayList<>();
    private final List<Integer> perHour = new ArrayList<>(List.of(0));
    private final Map<String, Deque<Ordered>> ofSites = new HashMap<>();
    private final Map<Long, Deque<Ordered>> ofOwners = new HashMap<>();
    private final Map<String, Deque<Ordered>> ofDomains = new HashMap<>();
    private final CertificateRows rows = new MemoryRows();
    private final Set<List<String>> had = new HashSet<>();
    private long jobs;
    private int expired;
    private int newOfShared;

    @Test
    void noneExpiresAndNoLimitIsMet() {
        for (var site = 1; site <= CERTIFICATES; site++) {
            var renewed = new Renewed(site);
            // Brought along from another host, where all were made within three days, or with half of their life over.
            var most = Math.min(3 * 24 * 60, renewed.life.toMinutes() / 2);
            renewed.served(START.minus(Duration.ofMinutes(random.nextInt((int) most))));
            renewed.waits();
            had.add(renewed.certificate.names());
            renewed.authority.known.add(nameOf(site));
        }
        for (var now = START; now.isBefore(END); now = now.plus(MINUTE)) {
            if (Duration.between(START, now).toMinutes() % 60 == 0) {
                perHour.add(0);
            }
            end(now);
            if (now.equals(RECALL)) {
                recall();
            }
            begin(now);
            askOwners(now);
        }
        var steady = perHour.subList(24 * 100, perHour.size());
        System.out.printf(
                "10,000 certificates in a year: %d orders, %.1f an hour, at most %d an hour, %d refused, %d expired;"
                        + " %d new ones of shared domains%n",
                perHour.stream().mapToInt(Integer::intValue).sum(),
                steady.stream().mapToInt(Integer::intValue).average().orElseThrow(),
                perHour.stream().mapToInt(Integer::intValue).max().orElseThrow(),
                world.refused,
                expired,
                newOfShared);
        assertThat(expired).isZero();
        assertThat(Stream.of(world.due, own.due, underWay).flatMap(some -> some.stream()))
                .hasSize(CERTIFICATES)
                .allSatisfy(some -> assertThat(some.notAfter()).isAfter(END));
        assertThat(world.refused).isZero();
        // Five weeks' worth of each at least, of the 52 that there are.
        assertThat(newOfShared).isGreaterThan(5 * OrderLimit.DOMAIN.most() * SHARED.size());
        assertThat(steady.stream().mapToInt(Integer::intValue).average().orElseThrow())
                .isBetween(90.0, 130.0);
    }

    private static Duration life(long site) {
        return switch ((int) (site % 20)) {
            case 0 -> Duration.ofHours(160);
            case 1, 2, 3 -> Duration.ofDays(45);
            case 4 -> Duration.ofHours(24);
            case 5 -> Duration.ofHours(12);
            default -> Duration.ofDays(90);
        };
    }

    /** The authority has issued by mistake, and is about to revoke. */
    private void recall() {
        var past = new RenewalWindow(
                RECALL.minus(Duration.ofDays(2)), RECALL.minus(Duration.ofDays(1)), Optional.empty(), RECALL);
        var recalled = Stream.generate(world.due::remove).limit(RECALLED).toList();
        recalled.forEach(some -> {
            some.wish.told(some.certificate, Optional.of(past), RECALL);
            some.waits();
        });
    }

    /** What {@link DueCertificates#renewals} does with its rows. */
    private void begin(Instant now) {
        var open = Stream.of(world, own)
                .filter(some ->
                        !some.isResting(now) && budget.ofClock(some, now).isEmpty())
                .toList();
        var rows = new ArrayList<Renewed>();
        while (rows.size() < DueCertificates.AT_ONCE - underWay.size()) {
            var next = open.stream()
                    .flatMap(some -> Stream.ofNullable(some.due.peek()))
                    .min(Comparator.comparing(Renewed::dueAt))
                    .filter(some -> some.dueAt().isBefore(now));
            if (next.isEmpty()) {
                break;
            }
            rows.add(next.get().authority.due.remove());
        }
        var turn = DueCertificates.withOneOf(
                open.stream()
                        .filter(AcmeDirectory::isTroubled)
                        .map(AcmeDirectory::id)
                        .toList(),
                rows.stream()
                        .map(some -> new Object[] {some.site, some.authority.id()})
                        .toList());
        for (var row : rows) {
            if (turn.contains(row.site)) {
                row.begins(now);
                underWay.add(row);
            } else {
                row.waits();
            }
        }
    }

    /** Each takes a minute, and orders in it unless the limits leave no room by then. */
    private void end(Instant now) {
        underWay.forEach(some -> some.ends(now));
        underWay.forEach(Renewed::waits);
        underWay.clear();
    }

    /** Each time for other names, which no certificate was for, since the same ones have a limit of their own. */
    private void askOwners(Instant now) {
        jobs++;
        var site = CERTIFICATES + jobs;
        var wish = new SiteCertificate(site);
        wish.attempted(choice(world), false, Optional.empty(), now);
        var certificate = new Certificate(wish, 1, List.of(nameOf(site)), now);
        var job = job(site, 1 + jobs % OWNERS, Actor.ROOT);
        var domains = rows.newDomains(site, certificate);
        if (budget.freeAt(Asker.OWNER, job, world, certificate, domains, now).isEmpty()) {
            order(Asker.OWNER, job, world, domains, now);
        }
    }

    private boolean order(Asker asker, JobFacts job, Authority authority, Set<String> domains, Instant now) {
        var issued = authority.issues(job.targetName(), now);
        if (issued) {
            had.add(List.of(job.targetName()));
        }
        var order = new Ordered(asker, job.ownerId(), now, issued);
        add(order, authority.orders);
        for (var domain : domains) {
            newOfShared += issued && SHARED.contains(domain) ? 1 : 0;
            add(order, ofDomains.computeIfAbsent(domain, any -> new ArrayDeque<>(4)));
        }
        add(order, ofSites.computeIfAbsent(job.targetName(), any -> new ArrayDeque<>(4)));
        if (asker == Asker.OWNER) {
            add(order, ofOwners.computeIfAbsent(job.ownerId(), any -> new ArrayDeque<>(4)));
        }
        return issued;
    }

    /** No limit looks further back than a week. */
    private static void add(Ordered order, Deque<Ordered> orders) {
        while (!orders.isEmpty() && orders.peekFirst().at().isBefore(order.at().minus(WEEK))) {
            orders.removeFirst();
        }
        orders.addLast(order);
    }

    private static JobFacts job(long site, long owner, Actor actor) {
        return new JobFacts(
                0, IssueRecipe.TYPE, Optional.of(site), owner, nameOf(site), actor, JsonObject.EMPTY_JSON_OBJECT);
    }

    private static String nameOf(long site) {
        return "site" + site + (site % 2 == 0 ? ".example" : "." + SHARED.get((int) (site % SHARED.size())));
    }

    private static CertificateChoice choice(Authority authority) {
        return new CertificateChoice(authority.id(), KeyType.EC_256, List.of(), Optional.empty(), List.of());
    }

    private record Ordered(Asker asker, long owner, Instant at, boolean issued) {}

    private static List<Instant> since(Deque<Ordered> orders, Instant since, Predicate<Ordered> counted) {
        var times = new ArrayList<Instant>();
        for (var newest = orders.descendingIterator(); newest.hasNext(); ) {
            var order = newest.next();
            if (!order.at().isAfter(since)) {
                break;
            }
            if (counted.test(order)) {
                times.add(order.at());
            }
        }
        Collections.reverse(times);
        return times;
    }

    private final class MemoryBudget extends OrderBudget {
        @Override
        List<Instant> made(Set<Asker> askers, long directory, Instant since) {
            return since((directory == world.id() ? world : own).orders, since, some -> askers.contains(some.asker()));
        }

        @Override
        List<Instant> madeByOwner(long owner, Instant since) {
            return since(ofOwners.getOrDefault(owner, new ArrayDeque<>()), since, some -> true);
        }

        @Override
        List<Instant> madeForNames(Certificate certificate, Instant since) {
            return since(
                    ofSite(certificate.names().get(0)), since, some -> some.issued() && some.asker() != Asker.CLOCK);
        }

        @Override
        List<Instant> madeForDomain(String domain, long directory, Instant since, Instant open) {
            return since(ofDomains.getOrDefault(domain, new ArrayDeque<>()), since, Ordered::issued);
        }

        @Override
        List<Instant> madeForDomainOf(long owner, String domain, long directory, Instant since, Instant open) {
            return since(
                    ofDomains.getOrDefault(domain, new ArrayDeque<>()),
                    since,
                    some -> some.issued() && some.owner() == owner);
        }

        @Override
        List<Instant> unfinishedSince(long site, Instant since) {
            return since(ofSite(nameOf(site)), since, some -> !some.issued());
        }
    }

    private final class MemoryRows extends CertificateRows {
        @Override
        boolean isRenewal(long site, Certificate certificate) {
            return had.contains(certificate.names());
        }
    }

    private Deque<Ordered> ofSite(String name) {
        return ofSites.getOrDefault(name, new ArrayDeque<>());
    }

    /**
     * One that the world trusts takes 300 orders, one more every 36 seconds, and 5 in a week for the same names. For a
     * registered domain it issues 50 new certificates, and one more every 202 minutes; new is what it has not issued before.
     */
    private final class Authority extends AcmeDirectory {

        private static final double MOST = 300;
        private static final double A_SECOND = 300.0 / (3 * 3600);
        private static final int MOST_OF_SAME_NAMES = 5;
        private static final int MOST_OF_DOMAIN = 50;

        private final PriorityQueue<Renewed> due = new PriorityQueue<>(Comparator.comparing(Renewed::dueAt));
        private final Deque<Ordered> orders = new ArrayDeque<>();
        private final Map<String, Domain> domains = new HashMap<>();
        private final Set<String> known = new HashSet<>();
        private final long id;
        private final Instant up;
        private final boolean limited;
        private double left = MOST;
        private Instant last = START;
        private int refused;

        Authority(long id, Duration down, boolean limited) {
            this.id = id;
            up = DOWN.plus(down);
            this.limited = limited;
        }

        @Override
        long id() {
            return id;
        }

        @Override
        boolean isPublic() {
            return limited;
        }

        boolean issues(String name, Instant now) {
            var ofNew = known.contains(name) ? Set.<String>of() : CertificateNames.registered(List.of(name));
            left = Math.min(MOST, left + Duration.between(last, now).toSeconds() * A_SECOND) - 1;
            last = now;
            var same = since(ofSite(name), now.minus(WEEK), Ordered::issued).size();
            var full = ofNew.stream().anyMatch(domain -> roomOf(domain, now) < 1);
            refused += limited && (left < 0 || same >= MOST_OF_SAME_NAMES || full) ? 1 : 0;
            var issued = !isDown(now) && random.nextInt(ONE_FAILS_IN) > 0;
            if (issued) {
                known.add(name);
                ofNew.forEach(domain -> domains.put(domain, new Domain(roomOf(domain, now) - 1, now)));
            }
            return issued;
        }

        private double roomOf(String domain, Instant now) {
            var then = domains.getOrDefault(domain, new Domain(MOST_OF_DOMAIN, now));
            var filled = (double) MOST_OF_DOMAIN
                    / WEEK.toSeconds()
                    * Duration.between(then.at(), now).toSeconds();
            return Math.min(MOST_OF_DOMAIN, then.left() + filled);
        }

        boolean isDown(Instant now) {
            return !now.isBefore(DOWN) && !now.isAfter(up);
        }
    }

    /** How many new certificates of a registered domain an authority would have issued at a time. */
    private record Domain(double left, Instant at) {}

    private final class Renewed {

        private final long site;
        private final Duration life;
        private final Authority authority;
        private final SiteCertificate wish;
        private Issued certificate;

        Renewed(long site) {
            this.site = site;
            life = life(site);
            authority = life.compareTo(Duration.ofDays(1)) > 0 ? world : own;
            wish = new SiteCertificate(site);
        }

        void begins(Instant now) {
            wish.attempted(choice(authority), true, Optional.of(notAfter()), now);
        }

        void ends(Instant now) {
            expired += notAfter().isBefore(now) ? 1 : 0;
            var job = job(site, 0, Actor.SYSTEM);
            var domains = rows.newDomains(site, certificate);
            var full = budget.freeAt(Asker.CLOCK, job, authority, certificate, domains, now);
            if (full.isPresent()) {
                failed(AcmeFailure.postponed(Problem.of("acme-budget", full.get()), full.get()), now);
                return;
            }
            perHour.set(perHour.size() - 1, perHour.get(perHour.size() - 1) + 1);
            if (order(Asker.CLOCK, job, authority, domains, now)) {
                authority.answered();
                served(now);
            } else if (authority.isDown(now)) {
                authority.rests(now, Optional.empty());
                failed(AcmeFailure.outage(Problem.of("acme-unreachable"), Optional.empty()), now);
            } else {
                failed(AcmeFailure.passing(Problem.of("acme-refused")), now);
            }
        }

        private void failed(AcmeFailure why, Instant now) {
            wish.failed(++jobs, why.problem(), Optional.of(why), Optional.of(notAfter()), now);
        }

        void served(Instant now) {
            certificate = new Issued(site, now, life, "%08x".formatted(random.nextInt()));
            wish.served(certificate, ++jobs, List.of(), now);
        }

        void waits() {
            authority.due.add(this);
        }

        Instant dueAt() {
            return wish.dueAt().orElseThrow();
        }

        Instant notAfter() {
            return certificate.notAfter().orElseThrow();
        }
    }

    private static final class Issued extends Certificate {

        private final long site;
        private final Instant born;
        private final Instant end;
        private final String fingerprint;

        Issued(long site, Instant born, Duration life, String fingerprint) {
            this.site = site;
            this.born = born;
            end = born.plus(life);
            this.fingerprint = fingerprint;
        }

        @Override
        List<String> names() {
            return List.of(nameOf(site));
        }

        @Override
        boolean isUploaded() {
            return false;
        }

        @Override
        Instant renewAt(Optional<RenewalWindow> wanted) {
            return RenewalTime.of(born, end, fingerprint, wanted);
        }

        @Override
        Optional<Instant> notAfter() {
            return Optional.of(end);
        }
    }
}
