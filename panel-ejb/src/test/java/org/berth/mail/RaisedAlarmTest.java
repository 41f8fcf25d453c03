package org.berth.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.berth.platform.Problem;
import org.junit.jupiter.api.Test;

class RaisedAlarmTest {

    private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");
    private static final Alarm DISK =
            Alarm.ofHealth(Problem.of("health-disk", "/srv", 10, 1000)).orElseThrow();

    private final RaisedAlarm row = new RaisedAlarm(DISK, START);

    @Test
    void whatPassesWithinTwoMinutesIsNotRaised() {
        assertThat(row.isSure(minutes(1))).isFalse();
        assertThat(row.isOver(minutes(1))).isTrue();
        row.seen(DISK, minutes(2));
        assertThat(row.isSure(minutes(2))).isTrue();
    }

    @Test
    void whatFlickersIsOneAlarm() {
        row.raised(minutes(2));
        for (var minute = 2; minute < 60; minute += 9) {
            assertThat(row.isOver(minutes(minute))).isFalse();
            row.seen(DISK, minutes(minute));
        }
        assertThat(row.isOver(minutes(70))).isTrue();
    }

    @Test
    void otherFiguresMakeNoOtherAlarmButOtherThingsDo() {
        assertThat(Alarm.ofHealth(Problem.of("health-disk", "/srv", 5, 1000))
                        .orElseThrow()
                        .subject())
                .isEqualTo(row.subject());
        assertThat(Alarm.ofHealth(Problem.of("health-disk", "/tmp", 5, 1000))
                        .orElseThrow()
                        .subject())
                .isNotEqualTo(row.subject());
    }

    @Test
    void aClockThatIsSetBackKeepsNothingWaitingForLong() {
        row.raised(minutes(2));
        row.told(minutes(2));
        var yesterday = START.minus(Duration.ofDays(2));
        assertThat(row.wasToldWithin(RaisedAlarm.REMINDED, yesterday)).isFalse();
        assertThat(row.isOver(yesterday)).isTrue();
        assertThat(new RaisedAlarm(DISK, START).isSure(yesterday)).isTrue();
    }

    @Test
    void mailThatDoesNotGoOutIsNotToldByMail() {
        assertThat(Alarm.ofHealth(Problem.of("health-mail", 3))).isEmpty();
        assertThat(Alarm.ofHealth(Problem.of("health-certificates", 3))).isEmpty();
        assertThat(Alarm.ofHealth(Problem.of("health-something-new"))
                        .orElseThrow()
                        .kind())
                .isEqualTo(AlarmKind.OTHER);
    }

    private static Instant minutes(int minutes) {
        return START.plus(Duration.ofMinutes(minutes));
    }
}
