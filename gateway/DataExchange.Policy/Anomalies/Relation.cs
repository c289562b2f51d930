using DataExchange.Contracts.Records;

namespace DataExchange.Policy.Anomalies;

/// <summary>What somebody asked about is to the official who asks.</summary>
public enum Relation
{
    /// <summary>Nobody says: no source of relations is set up.</summary>
    Unknown = 0,
    None,
    Self,
    Household,
    Colleague,
}

/// <summary>Who is what to whom. Answers from memory: it is asked on the way of every look-up.</summary>
public interface IRelations
{
    /// <summary>Whether there is a source at all; without one every answer is <see cref="Relation.Unknown"/>.</summary>
    bool IsConfigured { get; }

    Relation Find(Official official, SubjectRef subject);
}
