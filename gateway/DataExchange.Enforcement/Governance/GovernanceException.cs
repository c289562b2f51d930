namespace DataExchange.Enforcement.Governance;

/// <summary>The rules cannot be taken from the governance log. The message tells the operator what to do.</summary>
public sealed class GovernanceException : Exception
{
    public GovernanceException()
    {
    }

    public GovernanceException(string message) : base(message)
    {
    }

    public GovernanceException(string message, Exception inner) : base(message, inner)
    {
    }
}
