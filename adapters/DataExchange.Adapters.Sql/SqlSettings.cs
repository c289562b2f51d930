using DataExchange.Adapters.Configuration;
using DataExchange.Adapters.Fields;
using DataExchange.Adapters.Sql.Dialects;

namespace DataExchange.Adapters.Sql;

/// <summary>What the relational adapter is told: one database, and a table or view for each dataset.</summary>
public sealed record SqlSettings
{
    /// <summary>Which kind of database. <c>Adapter:Sql:Provider</c>.</summary>
    public required SqlDialect Dialect { get; init; }

    /// <summary>How to reach it, as its driver spells it. <c>Adapter:Sql:ConnectionString</c>, or a file that <c>ConnectionStringFile</c> names.</summary>
    public required Secret ConnectionString { get; init; }

    /// <summary>How long one statement may take; whole seconds, 5 unless told. <c>Adapter:Sql:CommandTimeout</c>.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>At least one.</summary>
    public required IReadOnlyList<SqlDataset> Datasets { get; init; }

    /// <summary>Reads the section <c>Adapter</c>.</summary>
    public static SqlSettings Read(SettingsReader adapter)
    {
        var sql = adapter.Section("Sql");
        var dialect = ReadDialect(sql);
        return new SqlSettings
        {
            Dialect = dialect ?? SqlDialect.Sqlite,
            ConnectionString = ReadConnectionString(sql, dialect),
            CommandTimeout = sql.Duration("CommandTimeout", TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)),
            Datasets = DatasetSettings.Read(adapter, From, Dataset),
        };
    }

    private static SqlDialect? ReadDialect(SettingsReader sql)
    {
        var wayOut = $"Use one of: {string.Join(", ", SqlDialect.All.Select(dialect => dialect.Name))}.";
        var name = sql.Required("Provider", wayOut);
        var dialect = SqlDialect.All.FirstOrDefault(candidate => candidate.Name == name);
        if (dialect is null && name.Length > 0)
        {
            sql.Errors.Invalid(sql.KeyOf("Provider"), name, wayOut);
        }

        return dialect;
    }

    private static Secret ReadConnectionString(SettingsReader sql, SqlDialect? dialect)
    {
        var secret = sql.Optional("ConnectionString") is { } plain ? new Secret(plain) : Secret.Read(sql, "ConnectionString");
        if (dialect is null || secret.Reveal().Length == 0)
        {
            return secret;
        }

        try
        {
            dialect.Complete(secret.Reveal());
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            // Not the text itself: it may hold a password. The driver's message names the keyword that it stumbled over.
            sql.Errors.Invalid(sql.KeyOf("ConnectionString"), "(not shown)", $"The {dialect.Name} driver cannot read it; write keyword=value;…");
        }

        return secret;
    }

    private static SqlDataset Dataset(SettingsReader section, DatasetMap map) => new(
        map,
        Name(section, "Table", 3, "Set it to the table or view that holds the dataset, with its schema where it has one."),
        Name(section, "Key", 1, "Set it to the column that holds the subject's number; it should have a unique index."));

    private static SqlName Name(SettingsReader section, string setting, int mostParts, string wayOut)
    {
        var text = section.Required(setting, wayOut);
        if (SqlName.TryParse(text, mostParts, out var name))
        {
            return name;
        }

        if (text.Length > 0)
        {
            section.Errors.Invalid(section.KeyOf(setting), text, SqlName.Form);
        }

        return SqlName.Parse("unread", 1);
    }

    private static string? From(string column) => SqlName.TryParse(column, 1, out _) ? null : SqlName.Form;
}
