namespace DataExchange.Policy.Tests.Anomalies.Trace;

/// <summary>What an intruder is after.</summary>
internal enum Intrusion
{
    /// <summary>Looks up very many people in an hour.</summary>
    Harvest,
    /// <summary>Looks people up out of curiosity, in no case.</summary>
    Browse,
    /// <summary>Tries numbers in a row.</summary>
    Enumerate,
    /// <summary>Looks up family or colleagues, in the guise of a case.</summary>
    Pry,
    /// <summary>Comes when nobody else is there.</summary>
    Lurk,
    /// <summary>Collects everything about one person.</summary>
    Profile,
    /// <summary>Tries what is let through.</summary>
    Probe,
}
