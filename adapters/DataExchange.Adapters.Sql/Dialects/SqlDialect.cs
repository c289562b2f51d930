using System.Data;
using System.Data.Common;
using System.Text;

namespace DataExchange.Adapters.Sql.Dialects;

/// <summary>
/// What differs between databases: how a name is quoted, how a query is kept to two rows, and how the driver is told to read only.
/// Nothing of a question ever becomes part of a statement's text: the subject is always the parameter <c>@subject</c>.
/// </summary>
public abstract class SqlDialect
{
    /// <summary>Stands for the subject's number in every statement.</summary>
    public const string SubjectParameter = "@subject";

    /// <summary>
    /// Connections of a pool, unless the connection string says otherwise. The drivers' own default, 100, is all that a PostgreSQL or a
    /// MySQL takes from everybody together; a look-up by key is over before many more than this can queue.
    /// </summary>
    protected const int PoolSize = 32;

    /// <summary>SQLite, a file opened read-only.</summary>
    public static readonly SqlDialect Sqlite = new SqliteDialect();

    /// <summary>PostgreSQL and what speaks its protocol.</summary>
    public static readonly SqlDialect PostgreSql = new PostgreSqlDialect();

    /// <summary>MySQL and MariaDB.</summary>
    public static readonly SqlDialect MySql = new MySqlDialect();

    /// <summary>Microsoft SQL Server.</summary>
    public static readonly SqlDialect SqlServer = new SqlServerDialect();

    /// <summary>Every dialect.</summary>
    public static readonly IReadOnlyList<SqlDialect> All = [Sqlite, PostgreSql, MySql, SqlServer];

    /// <summary>The word for it in configurations.</summary>
    public abstract string Name { get; }

    /// <summary>The connection string with what this adapter insists on: pooling, and reading only where the driver knows how.</summary>
    /// <exception cref="ArgumentException">The driver cannot read it.</exception>
    public abstract string Complete(string connectionString);

    /// <summary>Opens a pool.</summary>
    public abstract DbDataSource Open(string connectionString);

    /// <summary>Whether the driver says that time ran out.</summary>
    public abstract bool IsTimeout(DbException exception);

    /// <summary>The parameter that holds the subject's number, typed so that the key's index can be used.</summary>
    public virtual DbParameter Subject(DbCommand command, string value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = SubjectParameter;
        parameter.DbType = DbType.String;
        parameter.Value = value;
        return parameter;
    }

    /// <summary>
    /// At most two rows of one subject, the key first and then the columns in order. Two, so that a register that holds a
    /// subject twice is noticed.
    /// </summary>
    public string Select(SqlDataset dataset, IEnumerable<SqlName> columns) =>
        Select(dataset, columns, $"WHERE {Quote(dataset.Key)} = {SubjectParameter}", 2);

    /// <summary>No row, but an error unless the table and all its mapped columns can be read.</summary>
    public string Probe(SqlDataset dataset) =>
        Select(dataset, dataset.Map.Fields.Select(field => SqlName.Parse(field.From, 1)), "WHERE 1 = 0", 1);

    /// <summary>A name in the dialect's quotes.</summary>
    public string Quote(SqlName name) => string.Join('.', name.Parts.Select(Quote));

    /// <summary>One part in quotes, any quote inside doubled.</summary>
    protected abstract string Quote(string part);

    /// <summary>Keeps a statement to so many rows: right after SELECT.</summary>
    protected virtual string LimitBefore(int rows) => "";

    /// <summary>Keeps a statement to so many rows: at its end.</summary>
    protected virtual string LimitAfter(int rows) => $" LIMIT {rows}";

    private string Select(SqlDataset dataset, IEnumerable<SqlName> columns, string where, int rows)
    {
        var text = new StringBuilder("SELECT ").Append(LimitBefore(rows)).Append(Quote(dataset.Key));
        foreach (var column in columns)
        {
            text.Append(", ").Append(Quote(column));
        }

        return text.Append(" FROM ").Append(Quote(dataset.Table)).Append(' ').Append(where).Append(LimitAfter(rows)).ToString();
    }
}
