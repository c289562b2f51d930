using DataExchange.Adapters.Fields;

namespace DataExchange.Adapters.Sql;

/// <summary>Where one dataset lives.</summary>
/// <param name="Map">Its fields; <see cref="FieldMap.From"/> names a column.</param>
/// <param name="Table">A table or a view.</param>
/// <param name="Key">The column that holds the subject's number.</param>
public sealed record SqlDataset(DatasetMap Map, SqlName Table, SqlName Key);
