package org.berth.web.services;

import java.util.List;
import java.util.Locale;
import org.berth.platform.Problem;
import org.berth.services.HealthView;
import org.berth.web.jobs.ReasonJson;

/** The health of Berth as the API shows it. */
public record HealthJson(HealthView.Status state, List<ReasonJson> reasons, List<ReasonJson> hints) {

    static HealthJson of(HealthView health, Locale locale) {
        return new HealthJson(health.status(), all(health.reasons(), locale), all(health.hints(), locale));
    }

    private static List<ReasonJson> all(List<Problem> problems, Locale locale) {
        return problems.stream().map(problem -> ReasonJson.of(problem, locale)).toList();
    }
}
