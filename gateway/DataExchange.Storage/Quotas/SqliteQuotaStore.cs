using DataExchange.Policy.Quotas;
using DataExchange.Storage.Sqlite;

namespace DataExchange.Storage.Quotas;

/// <summary>Places in quotas: a row an agreement, with the window it last gave places of.</summary>
internal sealed class SqliteQuotaStore(QuotaFile file) : IQuotaStore
{
    // A commit whose fate is not known has taken places that are then lost, and not given twice.
    public ValueTask<QuotaBlock> TakeAsync(string agreement, long windowMs, int count, int limit, CancellationToken cancellationToken) =>
        new(file.WriteAsync(session => Take(session, agreement, windowMs, count, limit), cancellationToken));

    public ValueTask<int> GivenAsync(string agreement, long windowMs, CancellationToken cancellationToken) =>
        new(file.WriteAsync(session => Given(session, agreement) is var (window, given) && window >= windowMs ? given : 0, cancellationToken));

    public async ValueTask ReturnAsync(string agreement, long windowMs, QuotaBlock unused, CancellationToken cancellationToken) =>
        await file.WriteAsync(
            session =>
            {
                using var update = session.Use("UPDATE quota SET given = ?1 WHERE agreement = ?2 AND window = ?3 AND given = ?4");
                return update.Bind(1, unused.First).Bind(2, agreement).Bind(3, windowMs).Bind(4, unused.End).Run();
            },
            cancellationToken);

    private static QuotaBlock Take(SqliteSession session, string agreement, long windowMs, int count, int limit)
    {
        var (window, given) = Given(session, agreement) is var last && last.Window >= windowMs ? last : (windowMs, 0);
        var taken = window == windowMs ? Math.Clamp(limit - given, 0, count) : 0;
        if (taken > 0)
        {
            using var upsert = session.Use("INSERT OR REPLACE INTO quota (agreement, window, given) VALUES (?1, ?2, ?3)");
            upsert.Bind(1, agreement).Bind(2, windowMs).Bind(3, given + taken).Run();
        }

        return new QuotaBlock(given, taken);
    }

    /// <summary>The window that places were last given of, and how many; one before all others where none were.</summary>
    private static (long Window, int Given) Given(SqliteSession session, string agreement)
    {
        using var select = session.Use("SELECT window, given FROM quota WHERE agreement = ?1").Bind(1, agreement);
        return select.Step() ? (select.Long(0), (int)select.Long(1)) : (long.MinValue, 0);
    }
}
