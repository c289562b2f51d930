namespace DataExchange.Witness.State;

/// <summary>The state file is not what this witness wrote. The message completes "because …".</summary>
internal sealed class StateDamagedException : Exception
{
    public StateDamagedException()
    {
    }

    public StateDamagedException(string message)
        : base(message)
    {
    }

    public StateDamagedException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}
