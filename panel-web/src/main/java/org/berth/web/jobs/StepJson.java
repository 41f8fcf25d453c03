package org.berth.web.jobs;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.berth.jobs.JobText;
import org.berth.jobs.StepState;
import org.berth.jobs.StepView;

/** A step of a job as the API shows it. */
public record StepJson(
        int position,
        String name,
        String title,
        StepState state,
        int attempts,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        Optional<String> log) {

    static StepJson of(String type, StepView step, Locale locale) {
        return new StepJson(
                step.position(),
                step.name(),
                JobText.step(type, step.name(), locale),
                step.state(),
                step.attempts(),
                step.startedAt(),
                step.finishedAt(),
                Optional.of(step.log()).filter(log -> !log.isEmpty()));
    }
}
