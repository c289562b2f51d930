using System.Text.Json.Serialization;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Personal;

/// <summary>A record about a person in one of the registers: the whole of it after each change, so that the newest event says everything.</summary>
public abstract record PersonalRecord
{
    /// <summary>32 hexadecimal characters, the same through all changes.</summary>
    public required string Id { get; init; }

    /// <summary>Whom it is about. It stands in the register's row and not in the log's record: the record may be opened to others, who may not learn under which name the registers know the person (P-BLIND).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public SubjectHandle Subject { get; init; }

    /// <summary>Index of the governance entry that this record is the content of. Not part of the record itself.</summary>
    [JsonIgnore]
    public long LogIndex { get; init; }
}
