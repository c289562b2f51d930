namespace DataExchange.TransparencyLog.Stores;

/// <summary>Which of a batch's columns to read; the others come back empty.</summary>
[Flags]
public enum BatchParts
{
    None = 0,
    Leaves = 1,
    Sealed = 2,
    Keys = 4,
    All = Leaves | Sealed | Keys,
}
