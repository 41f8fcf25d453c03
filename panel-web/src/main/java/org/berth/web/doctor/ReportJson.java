package org.berth.web.doctor;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.berth.doctor.Finding;
import org.berth.doctor.Report;
import org.berth.platform.ProblemText;

/**
 * An examination as the API shows it.
 *
 * @param examined how many sites were held against the host
 * @param busy sites that a job works on: they were not looked at
 */
public record ReportJson(
        Instant takenAt, boolean healthy, long examined, List<FindingJson> findings, List<SiteReference> busy) {

    /** A site; without a name when Berth knows no site of that number. */
    public record SiteReference(long id, Optional<String> name) {}

    /**
     * A difference.
     *
     * @param missing where on the host something should be and is not
     * @param surplus where on the host something is that should not be
     * @param remedy what a repair would do: REPAIR, CLEAN, RETRY, REPAIR_ASKED (only for whoever names the
     *     site), or NONE
     */
    public record FindingJson(
            Optional<SiteReference> site,
            String code,
            String what,
            String why,
            String todo,
            List<String> missing,
            List<String> surplus,
            Finding.Remedy remedy,
            boolean repairable) {

        static FindingJson of(Finding finding, Locale locale) {
            var text = ProblemText.of(finding.problem(), locale);
            return new FindingJson(
                    finding.site() == 0
                            ? Optional.empty()
                            : Optional.of(new SiteReference(
                                    finding.site(), Optional.of(finding.name()).filter(name -> !name.isEmpty()))),
                    finding.problem().code(),
                    text.what(),
                    text.why(),
                    text.todo(),
                    finding.missing(),
                    finding.surplus(),
                    finding.remedy(),
                    finding.isRepairable());
        }
    }

    static ReportJson of(Report report, Locale locale) {
        return new ReportJson(
                report.takenAt(),
                report.isHealthy(),
                report.examined(),
                report.findings().stream()
                        .map(finding -> FindingJson.of(finding, locale))
                        .toList(),
                report.busy().entrySet().stream()
                        .map(site -> new SiteReference(site.getKey(), Optional.of(site.getValue())))
                        .toList());
    }
}
