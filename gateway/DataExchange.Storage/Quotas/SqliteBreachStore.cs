using DataExchange.Policy.Model;
using DataExchange.Policy.Quotas;
using DataExchange.Storage.Sqlite;

namespace DataExchange.Storage.Quotas;

/// <summary>What agreements' rules count: a row each, as long as a window holds it.</summary>
internal sealed class SqliteBreachStore(QuotaFile file) : IBreachStore
{
    public ValueTask<IReadOnlyList<int>> AddAsync(string agreement, SuspensionCause cause, long timeMs, IReadOnlyList<long> sinceMs, CancellationToken cancellationToken) =>
        new(file.WriteAsync(session => Add(session, agreement, cause.ToString(), timeMs, sinceMs), cancellationToken));

    private static IReadOnlyList<int> Add(SqliteSession session, string agreement, string cause, long timeMs, IReadOnlyList<long> sinceMs)
    {
        using (var insert = session.Use("INSERT INTO breach (agreement, cause, time) VALUES (?1, ?2, ?3)"))
        {
            insert.Bind(1, agreement).Bind(2, cause).Bind(3, timeMs).Run();
        }

        using (var delete = session.Use("DELETE FROM breach WHERE agreement = ?1 AND cause = ?2 AND time < ?3"))
        {
            delete.Bind(1, agreement).Bind(2, cause).Bind(3, sinceMs.Min()).Run();
        }

        return [.. sinceMs.Select(since =>
        {
            using var count = session.Use("SELECT COUNT(*) FROM breach WHERE agreement = ?1 AND cause = ?2 AND time >= ?3");
            count.Bind(1, agreement).Bind(2, cause).Bind(3, since);
            return count.Step() ? (int)count.Long(0) : 0;
        })];
    }
}
