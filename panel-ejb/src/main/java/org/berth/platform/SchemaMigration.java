package org.berth.platform;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings the database to the schema this release needs, before anything reads it. Whatever does work at start says
 * {@code @DependsOn("SchemaMigration")}.
 *
 * <p>Waits for a database that is not there yet, as after a restart of the host. Without a container transaction, because
 * Flyway commits by itself. Fails the deployment when a migration fails:
 * the database stays as the failed statement left it, and going back means the dump taken before the upgrade.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class SchemaMigration {

    private static final int SECONDS_BETWEEN_TRIES = 2;
    /** Less than the panel has for its start (install/panel/ready), which is then tried again. */
    private static final int TRIES = 120;

    @Resource(lookup = "java:app/jdbc/berth")
    private DataSource database;

    @PostConstruct
    void migrate() {
        Flyway.configure(SchemaMigration.class.getClassLoader())
                .dataSource(database)
                .cleanDisabled(true)
                .connectRetries(TRIES)
                .connectRetriesInterval(SECONDS_BETWEEN_TRIES)
                .load()
                .migrate();
    }
}
