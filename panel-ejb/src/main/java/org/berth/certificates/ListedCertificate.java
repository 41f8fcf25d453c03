package org.berth.certificates;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.berth.platform.PageRequest;

/**
 * What is found for a row of the list of all: a site, or the panel itself, with what is stored of its certificate.
 *
 * @param site 0 for the panel
 * @param name canonical name of the site
 * @param owner login; empty for the panel
 * @param wish empty as long as nobody has chosen anything and none comes by itself
 * @param authority name of the one that is asked
 * @param served what visitors get, if the site did not sign that itself
 */
record ListedCertificate(
        long site,
        String name,
        Optional<String> owner,
        Optional<SiteCertificate> wish,
        Optional<String> authority,
        Optional<Certificate> served) {

    /** Of what {@link CertificateSearch} selects. */
    static ListedCertificate of(Object... found) {
        return new ListedCertificate(
                (Long) found[0],
                (String) found[1],
                Optional.ofNullable((String) found[2]),
                Optional.ofNullable((SiteCertificate) found[3]),
                Optional.ofNullable((String) found[4]),
                Optional.ofNullable((Certificate) found[5]));
    }

    /** The order of the database, where what is not known comes last either way. */
    static Comparator<ListedCertificate> order(PageRequest request) {
        var ascending = request.ascending();
        return switch (request.sort()) {
            case "owner" -> by(ListedCertificate::owner, ascending);
            case "authority" -> by(ListedCertificate::authority, ascending);
            case "notAfter" -> by(ListedCertificate::notAfter, ascending);
            case "nextAt" -> by(ListedCertificate::nextAt, ascending);
            case "failures" -> by(some -> Optional.of(some.failures()), ascending);
            case "site" -> by(some -> Optional.of(some.name), ascending);
            default -> by(some -> Optional.of(some.name), true);
        };
    }

    private static <T extends Comparable<? super T>> Comparator<ListedCertificate> by(
            Function<ListedCertificate, Optional<T>> column, boolean ascending) {
        Comparator<T> order = ascending ? Comparator.naturalOrder() : Comparator.reverseOrder();
        return Comparator.comparing(some -> column.apply(some).orElse(null), Comparator.nullsLast(order));
    }

    Optional<Instant> notAfter() {
        return served.flatMap(Certificate::notAfter);
    }

    Optional<Instant> nextAt() {
        return wish.flatMap(SiteCertificate::dueAt);
    }

    int failures() {
        return wish.map(SiteCertificate::failures).orElse(0);
    }

    /** The authority, unless what visitors get was brought. */
    Optional<String> shownAuthority() {
        return authority.filter(name -> served.filter(Certificate::isUploaded).isEmpty());
    }

    /** Whether somebody should look after it. */
    boolean needsAttention(Instant now) {
        return wish.filter(some -> CertificateSearch.needsAttention(some, served.flatMap(Certificate::alarmAt), now))
                .isPresent();
    }

    CertificateRow row(Instant now) {
        return new CertificateRow(
                site,
                name,
                owner,
                shownAuthority(),
                notAfter(),
                nextAt(),
                failures(),
                wish.flatMap(SiteCertificate::problem),
                needsAttention(now),
                wish.filter(some -> CertificateSearch.isLate(some, now)).isPresent(),
                served.filter(Certificate::isRevoked).isPresent(),
                notAfter().filter(now::isAfter).isPresent(),
                wish.map(SiteCertificate::uncovered).orElseGet(List::of));
    }
}
