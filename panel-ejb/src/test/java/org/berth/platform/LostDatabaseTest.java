package org.berth.platform;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.PersistenceException;
import jakarta.resource.spi.ResourceAllocationException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import org.junit.jupiter.api.Test;

class LostDatabaseTest {

    @Test
    void isFoundBelowWhateverWrapsIt() {
        assertThat(LostDatabase.isBehind(wrapped(new SQLNonTransientConnectionException("gone", "08000"))))
                .isTrue();
        assertThat(LostDatabase.isBehind(wrapped(new SQLException("killed", "70100", 1927))))
                .isTrue();
        assertThat(LostDatabase.isBehind(wrapped(new ResourceAllocationException("the pool has none"))))
                .isTrue();
    }

    @Test
    void isNotWhatADatabaseThatIsThereRefuses() {
        assertThat(LostDatabase.isBehind(wrapped(new SQLException("duplicate", "23000", 1062))))
                .isFalse();
        assertThat(LostDatabase.isBehind(wrapped(new SQLException("no state")))).isFalse();
        assertThat(LostDatabase.isBehind(new IllegalStateException())).isFalse();
    }

    @Test
    void isToldApartFromOneThatHasNoRoom() {
        var full = wrapped(new SQLException("The table 'job' is full", "HY000", 1114));
        assertThat(FullDatabase.isBehind(full)).isTrue();
        assertThat(LostDatabase.isBehind(full)).isFalse();
        assertThat(FullDatabase.isBehind(wrapped(new SQLException("no state")))).isFalse();
    }

    private static RuntimeException wrapped(Exception cause) {
        return new PersistenceException(new IllegalStateException(cause));
    }
}
