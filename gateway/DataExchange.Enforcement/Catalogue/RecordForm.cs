namespace DataExchange.Enforcement.Catalogue;

/// <summary>The three forms in which records are asked for.</summary>
internal enum RecordForm
{
    None = 0,

    /// <summary><c>POST …/query</c>.</summary>
    Query,

    /// <summary><c>POST …/batch</c>.</summary>
    Batch,

    /// <summary><c>GET …/{subject}</c>.</summary>
    Get,
}
