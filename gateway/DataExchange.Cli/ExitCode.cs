namespace DataExchange.Cli;

/// <summary>What the process returns.</summary>
internal enum ExitCode
{
    /// <summary>Everything asked for was checked and holds.</summary>
    Verified = 0,

    /// <summary>It was checked and does not hold.</summary>
    DoesNotVerify = 1,

    /// <summary>It could not be checked: wrong usage, unreadable input, no connection.</summary>
    CannotTell = 2,

    /// <summary>What was followed holds, and has not grown for longer than it may.</summary>
    StandsStill = 3,

    /// <summary>Nothing was done: what would be was said, and not confirmed.</summary>
    NotConfirmed = 4,
}
