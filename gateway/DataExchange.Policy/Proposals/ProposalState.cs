namespace DataExchange.Policy.Proposals;

/// <summary>Where a proposal stands.</summary>
public enum ProposalState
{
    None = 0,

    /// <summary>Members may approve or reject it.</summary>
    Open,

    /// <summary>Open, but what it would change has changed since, or the rules no longer allow it: nobody can approve it. Not in the log: it follows from the rules.</summary>
    Outdated,

    /// <summary>Its time is over. Not in the log: it follows from the clock.</summary>
    Expired,

    /// <summary>The change has taken effect.</summary>
    Enacted,

    /// <summary>So many members rejected it that the quorum is out of reach.</summary>
    Rejected,

    /// <summary>The proposer took it back.</summary>
    Withdrawn,
}
