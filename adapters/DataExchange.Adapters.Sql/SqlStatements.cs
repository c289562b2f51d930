using System.Collections.Concurrent;
using System.Collections.Frozen;
using DataExchange.Adapters.Fields;
using DataExchange.Adapters.Records;
using DataExchange.Adapters.Sql.Dialects;

namespace DataExchange.Adapters.Sql;

/// <summary>
/// The text of the statement for each list of fields that is asked for. Remembered, so that the driver sees the same text again and can
/// use what it prepared; bounded, because a list of n fields can be asked for in n! orders.
/// </summary>
internal sealed class SqlStatements
{
    private const int Remembered = 256;

    private readonly ConcurrentDictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly FrozenDictionary<string, SqlDataset> _datasets;
    private readonly SqlDialect _dialect;

    public SqlStatements(SqlDialect dialect, IEnumerable<SqlDataset> datasets)
    {
        _dialect = dialect;
        _datasets = datasets.ToFrozenDictionary(dataset => dataset.Map.Code, StringComparer.Ordinal);
    }

    public string For(SourceQuestion question)
    {
        var key = question.Dataset.Code + '\n' + string.Join('\n', question.Fields.Select(field => field.Name));
        if (_texts.TryGetValue(key, out var text))
        {
            return text;
        }

        text = _dialect.Select(_datasets[question.Dataset.Code], question.Fields.Select(Column));
        return _texts.Count < Remembered ? _texts.GetOrAdd(key, text) : text;
    }

    private static SqlName Column(FieldMap field) => SqlName.Parse(field.From, 1);
}
