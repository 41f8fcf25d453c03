package org.berth.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.berth.fixture.MovableClock;
import org.berth.platform.Problem;
import org.junit.jupiter.api.Test;

class RenewalInfoSweepTest {

    private static final Problem WHY = Problem.of("acme-troubled");
    private static final Duration FAST = Duration.ofMillis(300);

    /** Of 10,000 in six hours. */
    private static final int A_MINUTE = 10_000 / (6 * 60) + 1;

    private final MovableClock clock = new MovableClock();
    private final Due due = new Due();
    private final Map<Long, Duration> answersAfter = new HashMap<>();
    private final Map<Long, AcmeFailure> refused = new HashMap<>();

    @Test
    void asksAboutTenThousandCertificatesInSixHours() {
        due.questions = List.of(sites(1, DueCertificates.ASKED_AT_ONCE));
        run();
        assertThat(due.answered).hasSizeGreaterThanOrEqualTo(A_MINUTE);
    }

    @Test
    void asksAboutAsManyOfOneAuthorityWhereThereAreSmallOnesBesideIt() {
        due.questions =
                List.of(sites(1, DueCertificates.ASKED_AT_ONCE), sites(101, 102), sites(201, 201), sites(301, 303));
        run();
        assertThat(due.answered).contains(101L, 102L, 201L, 301L, 302L, 303L);
        assertThat(due.answered.stream().filter(site -> site < 100)).hasSizeGreaterThanOrEqualTo(A_MINUTE);
    }

    @Test
    void hasTimeForTheLargestHoweverSlowSmallOnesAre() {
        var small = List.of(sites(101, 103), sites(201, 203));
        small.forEach(sites -> sites.forEach(site -> answersAfter.put(site, Duration.ofSeconds(19))));
        due.questions = List.of(sites(1, 10), small.get(0), small.get(1));
        run();
        assertThat(due.answered).containsExactlyElementsOf(joined(List.of(101L, 201L), sites(1, 10)));
    }

    @Test
    void goesOnWithTheNextAuthorityWhereNothingCanBeWrittenDown() {
        due.questions = List.of(sites(1, 3), sites(101, 104));
        refused.put(2L, AcmeFailure.passing(WHY));
        due.unwritable = 2;
        run();
        assertThat(due.answered).containsExactlyElementsOf(joined(List.of(1L), sites(101, 104)));
    }

    @Test
    void goesOnInTheNextRunWhereAnAuthorityIsSlowAndKeepsNoOtherWaiting() {
        var slow = sites(1, 60);
        slow.forEach(site -> answersAfter.put(site, Duration.ofSeconds(19)));
        due.questions = List.of(slow, sites(101, 140));
        var before = clock.instant();
        run();
        assertThat(due.answered).containsExactlyElementsOf(joined(sites(101, 140), List.of(1L)));
        assertThat(Duration.between(before, clock.instant())).isLessThan(Duration.ofSeconds(60));
        assertThat(due.unanswered).isEmpty();
    }

    @Test
    void asksAnAuthorityThatHasTroubleOnceARun() {
        due.questions = List.of(sites(1, 60), sites(101, 110));
        sites(1, 60).forEach(site -> refused.put(site, AcmeFailure.outage(WHY, Optional.empty())));
        run();
        assertThat(due.unanswered).containsExactly(1L);
        assertThat(due.answered).containsExactlyElementsOf(sites(101, 110));
    }

    @Test
    void asksAboutTheOthersWhereOneIsUnknownOrCannotBeRead() {
        due.questions = List.of(sites(1, 5));
        refused.put(2L, AcmeFailure.passing(WHY));
        due.broken = 3;
        run();
        assertThat(due.unanswered).containsExactly(2L, 3L);
        assertThat(due.answered).containsExactly(1L, 4L, 5L);
    }

    private void run() {
        new RenewalInfoSweep(due, clock) {
            @Override
            Optional<RenewalWindow> renewal(DueCertificates.Question question) {
                clock.move(answersAfter.getOrDefault(question.id(), FAST));
                Optional.ofNullable(refused.get(question.id())).ifPresent(failure -> {
                    throw failure;
                });
                return Optional.empty();
            }
        }.run();
    }

    private static List<Long> sites(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private static List<Long> joined(List<Long> some, List<Long> others) {
        var all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    /** What is due, and what became of it; a certificate has its site's number. */
    private static final class Due extends DueCertificates {

        private final List<Long> answered = new ArrayList<>();
        private final List<Long> unanswered = new ArrayList<>();
        private List<List<Long>> questions = List.of();
        private long broken;
        private long unwritable;

        @Override
        public List<List<Long>> questions() {
            return questions;
        }

        @Override
        public Optional<Question> question(long site) {
            if (site == broken) {
                throw new IllegalStateException("changed by hand");
            }
            var nobody = new AcmeAccess(URI.create("https://acme.example"), Optional.empty(), null, Optional.empty());
            return Optional.of(new Question(nobody, site, null));
        }

        @Override
        public void answered(long site, long certificate, Optional<RenewalWindow> window) {
            answered.add(site);
        }

        @Override
        public void unanswered(long site) {
            if (site == unwritable) {
                throw new IllegalStateException("the database is away");
            }
            unanswered.add(site);
        }
    }
}
