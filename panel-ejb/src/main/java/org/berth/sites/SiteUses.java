package org.berth.sites;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What sites have on disk, as it was counted; for {@link UseSweep}, which has no transaction. */
@Stateless
public class SiteUses {

    /** Counting by looking at every file is done about this often. */
    private static final Duration COUNTED_EVERY = Duration.ofDays(1);

    /** And sooner for those above their limit, whose owners wait for it. */
    private static final Duration ABOVE_COUNTED_EVERY = Duration.ofMinutes(10);

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Clock clock;

    /** Those that should be looked at now, those never counted first. */
    public List<Long> due(int most) {
        var now = clock.instant();
        return entities.createQuery(
                        "select s.id from Site s join Plan p on p.id = s.planId left join SiteUse u on u.siteId = s.id"
                                + " where s.state in :there and (u.siteId is null or u.countedAt < :then"
                                + " or u.countedAt < :above and (u.bytes > p.diskMiB * 1048576 or u.files > p.files))"
                                + " order by u.countedAt, s.id",
                        Long.class)
                .setParameter("there", List.of(SiteState.ACTIVE, SiteState.SUSPENDED, SiteState.DELETED))
                .setParameter("then", now.minus(COUNTED_EVERY))
                .setParameter("above", now.minus(ABOVE_COUNTED_EVERY))
                .setMaxResults(most)
                .getResultList();
    }

    /**
     * What looking at a site's files has found.
     *
     * @param complete whether all were seen; otherwise there are at least so many
     */
    public void counted(long site, long bytes, long files, boolean complete) {
        var before = of(site).filter(any -> !complete);
        store(
                Optional.ofNullable(entities.find(SiteUse.class, site)),
                site,
                Math.max(bytes, before.map(DiskUse.Count::bytes).orElse(0L)),
                Math.max(files, before.map(DiskUse.Count::files).orElse(0L)));
    }

    /**
     * What the kernel has counted.
     *
     * @param counts bytes and files by site
     */
    public void counted(Map<Long, long[]> counts) {
        var known = uses();
        entities.createQuery("select s.id from Site s where s.state <> :removed", Long.class)
                .setParameter("removed", SiteState.REMOVED)
                .getResultStream()
                .forEach(site -> {
                    // The kernel tells nothing of a user who has nothing.
                    var count = counts.getOrDefault(site, new long[2]);
                    store(Optional.ofNullable(known.get(site)), site, count[0], count[1]);
                });
    }

    /** What was counted last, unless that is still to come. */
    public Optional<DiskUse.Count> of(long site) {
        return Optional.ofNullable(entities.find(SiteUse.class, site)).map(SiteUse::count);
    }

    private Map<Long, SiteUse> uses() {
        return entities.createQuery("select u from SiteUse u", SiteUse.class)
                .getResultStream()
                .collect(Collectors.toMap(SiteUse::siteId, use -> use));
    }

    /** In one statement: somebody else may be counting the same site. */
    private void store(Optional<SiteUse> known, long site, long bytes, long files) {
        var now = clock.instant();
        if (known.filter(use -> use.says(bytes, files, now)).isEmpty()) {
            entities.createNativeQuery(
                            "insert into site_use (site_id, bytes, files, counted_at) values (?1, ?2, ?3, ?4)"
                                    + " on duplicate key update bytes = ?2, files = ?3, counted_at = ?4")
                    .setParameter(1, site)
                    .setParameter(2, bytes)
                    .setParameter(3, files)
                    .setParameter(4, LocalDateTime.ofInstant(now, ZoneOffset.UTC))
                    .executeUpdate();
        }
    }
}
