namespace DataExchange.Storage.Sqlite;

/// <summary>What a file holds: an application id that tells it from any other database, and a version that only grows.</summary>
/// <param name="ApplicationId">Four characters, as SQLite's <c>application_id</c>.</param>
/// <param name="Versions">The statements that lead from each version to the next, from an empty file on. Never edited once released.</param>
internal sealed record SqliteSchema(int ApplicationId, IReadOnlyList<string> Versions)
{
    /// <summary>Brings the file up to date. All or nothing, so a crash leaves the version that was there.</summary>
    public void Apply(SqliteSession session, string path)
    {
        var (application, version) = (Read(session, "PRAGMA application_id"), Read(session, "PRAGMA user_version"));
        if (application != ApplicationId && (application != 0 || version != 0))
        {
            throw new StorageException($"'{path}' is not a file of this program. Move it away, or point the data folder elsewhere.");
        }

        if (version > Versions.Count)
        {
            throw new StorageException($"'{path}' has version {version}; this program knows up to {Versions.Count}. Run the newer program that wrote it.");
        }

        if (version == Versions.Count)
        {
            return;
        }

        session.Write(open =>
        {
            foreach (var step in Versions.Skip((int)version))
            {
                open.Execute(step);
            }

            open.Execute($"PRAGMA application_id={ApplicationId}; PRAGMA user_version={Versions.Count};");
        });
    }

    private static long Read(SqliteSession session, string pragma)
    {
        using var statement = session.Use(pragma);
        return statement.Step() ? statement.Long(0) : 0;
    }
}
