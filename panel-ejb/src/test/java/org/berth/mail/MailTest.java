package org.berth.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.berth.platform.Problem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MailTest {

    private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");
    private static final Problem REFUSED = Problem.of("mail-refused", "localhost", "451 later");

    private Mail mail;

    @BeforeEach
    void store() throws ReflectiveOperationException {
        mail = new Mail(new Letter("ann@example.com", "en", "About", "Text"), START);
        // The database gives it one.
        var id = Mail.class.getDeclaredField("id");
        id.setAccessible(true);
        id.set(mail, 7L);
    }

    @Test
    void whatIsNotTakenIsSentAgainWithGrowingPausesAndGivenUpAfterTwoDays() {
        var pauses = new ArrayList<Duration>();
        var now = START;
        while (mail.state() == MailState.WAITING) {
            mail.attempted(now);
            var next = mail.view().nextAt().orElseThrow();
            mail.refused(MailFailure.passing(REFUSED), now);
            pauses.add(Duration.between(now, next));
            now = next;
        }
        assertThat(pauses)
                .startsWith(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15))
                .isSorted()
                .last()
                .isEqualTo(Duration.ofMinutes(30));
        assertThat(mail.state()).isEqualTo(MailState.FAILED);
        assertThat(mail.view().problem()).contains(REFUSED);
        assertThat(Duration.between(START, mail.view().endedAt().orElseThrow()))
                .isBetween(Duration.ofHours(48), Duration.ofMinutes(48 * 60 + 31));
    }

    @Test
    void whatIsRefusedForGoodIsNotSentAgain() {
        mail.attempted(START);
        mail.refused(MailFailure.lasting(REFUSED), START);
        assertThat(mail.state()).isEqualTo(MailState.FAILED);
        assertThat(mail.view().nextAt()).isEmpty();
    }

    @Test
    void aServerThatIsDownNeverMakesAMailFailBeforeItsTime() {
        mail.attempted(START);
        mail.refused(MailFailure.ofServer(Problem.of("mail-unreachable", "localhost", 25, "refused")), START);
        assertThat(mail.state()).isEqualTo(MailState.WAITING);
    }

    @Test
    void aCrashInTheMiddleOfAnAttemptOnlyDelaysTheNext() {
        mail.attempted(START);
        assertThat(mail.state()).isEqualTo(MailState.WAITING);
        assertThat(mail.isDue(START)).isFalse();
        assertThat(mail.isDue(START.plus(Duration.ofMinutes(1)))).isTrue();
    }

    @Test
    void aClockThatIsSetBackKeepsNoMailWaiting() {
        mail.attempted(START);
        assertThat(mail.isDue(START.minus(Duration.ofDays(1)))).isTrue();
    }

    @Test
    void whoSendsItAgainGivesItAllItsTime() {
        mail.attempted(START);
        mail.refused(MailFailure.lasting(REFUSED), START);
        var later = START.plus(Duration.ofDays(5));
        mail.again(later);
        mail.attempted(later);
        mail.refused(MailFailure.passing(REFUSED), later);
        assertThat(mail.state()).isEqualTo(MailState.WAITING);
    }
}
