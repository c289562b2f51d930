using System.Data.Common;
using System.Globalization;
using DataExchange.Adapters.Fields;
using DataExchange.Adapters.Records;

namespace DataExchange.Adapters.Sql;

/// <summary>Answers from one relational database, one prepared and parameterised SELECT a question.</summary>
public sealed class SqlSource : IRecordSource
{
    private readonly SqlSettings _settings;
    private readonly Lock _opening = new();
    private volatile DbDataSource? _pool;
    private readonly SqlStatements _statements;
    private readonly int _timeoutSeconds;

    /// <summary>Connects to nothing yet.</summary>
    public SqlSource(SqlSettings settings)
    {
        _settings = settings;
        _statements = new SqlStatements(settings.Dialect, settings.Datasets);
        _timeoutSeconds = (int)Math.Ceiling(settings.CommandTimeout.TotalSeconds);
        Datasets = [.. settings.Datasets.Select(dataset => dataset.Map)];
    }

    /// <inheritdoc/>
    public IReadOnlyCollection<DatasetMap> Datasets { get; }

    /// <inheritdoc/>
    public async ValueTask<SourceRecord?> FindAsync(SourceQuestion question, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await OpenAsync(cancellationToken);
            await using var command = Command(connection, _statements.For(question));
            command.Parameters.Add(_settings.Dialect.Subject(command, question.Subject));
            await command.PrepareAsync(cancellationToken);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            return await OnlyRecordAsync(reader, question, cancellationToken);
        }
        catch (DbException exception)
        {
            throw _settings.Dialect.IsTimeout(exception)
                ? SourceException.Timeout($"The database took longer than Adapter:Sql:CommandTimeout ({State(exception)}).", exception)
                : SourceException.Unavailable($"The database cannot be reached or refused the query ({State(exception)}).", exception);
        }
        catch (Exception exception) when (exception is InvalidCastException or OverflowException or FormatException)
        {
            throw SourceException.SchemaViolation("The driver cannot read a column of the record.", exception);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<SourceHealth> CheckAsync(CancellationToken cancellationToken)
    {
        var details = new Dictionary<string, string>();
        foreach (var dataset in _settings.Datasets)
        {
            try
            {
                await using var connection = await OpenAsync(cancellationToken);
                await using var command = Command(connection, _settings.Dialect.Probe(dataset));
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
            catch (DbException exception)
            {
                details[dataset.Map.Code] = $"the table and its mapped columns cannot be read ({State(exception)})";
            }
            catch (SourceException exception)
            {
                details[dataset.Map.Code] = exception.Message;
            }
        }

        return details.Count == 0 ? SourceHealth.Ready : new SourceHealth(SourceState.Unavailable, details);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _pool?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async ValueTask<SourceRecord?> OnlyRecordAsync(DbDataReader reader, SourceQuestion question, CancellationToken cancellationToken)
    {
        if (!await reader.ReadAsync(cancellationToken))
        {
            return null;
        }

        // A database may compare without regard to case, width or trailing blanks; a number that differs is another number.
        var key = Key(reader);
        var record = string.Equals(key, question.Subject, StringComparison.Ordinal) ? new SourceRecord(key, Values(reader, question.Fields)) : null;
        return await reader.ReadAsync(cancellationToken)
            ? throw SourceException.SchemaViolation("The register holds more than one row for the subject.")
            : record;
    }

    // Fixed-width columns pad with blanks.
    private static string Key(DbDataReader reader) => reader.GetValue(0) switch
    {
        string text => text.TrimEnd(' '),
        int or long or decimal or Guid => Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!,
        _ => throw SourceException.SchemaViolation("The key column holds neither text nor a number."),
    };

    private static FieldValue[] Values(DbDataReader reader, IReadOnlyList<FieldMap> fields)
    {
        var values = new FieldValue[fields.Count];
        for (var i = 0; i < values.Length; i++)
        {
            if (!FieldConversion.TryFromObject(fields[i], reader.GetValue(i + 1), out values[i]))
            {
                throw SourceException.SchemaViolation($"The column of field {fields[i].Name} does not hold what the mapping says.");
            }
        }

        return values;
    }

    // At the first question and not before, again if need be: one driver looks for the server's socket as soon as a pool is made.
    private DbDataSource Pool()
    {
        lock (_opening)
        {
            return _pool ??= _settings.Dialect.Open(_settings.ConnectionString.Reveal());
        }
    }

    private async ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await (_pool ?? Pool()).OpenConnectionAsync(cancellationToken);
        }
        catch (InvalidOperationException exception) when (exception is not ObjectDisposedException)
        {
            // How some drivers say that the pool is exhausted.
            throw SourceException.Unavailable("No connection to the database is free.", exception);
        }
    }

    private DbCommand Command(DbConnection connection, string text)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        command.CommandTimeout = _timeoutSeconds;
        return command;
    }

    // A driver's message may quote a value; its codes do not.
    private static string State(DbException exception) => $"{exception.GetType().Name} {exception.SqlState ?? exception.ErrorCode.ToString("X8", null)}";
}
