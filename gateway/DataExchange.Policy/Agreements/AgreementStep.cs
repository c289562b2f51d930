namespace DataExchange.Policy.Agreements;

/// <summary>The steps of the machine, in the order of its table in <c>contracts/state-machines.md</c>.</summary>
public enum AgreementStep
{
    None = 0,
    Draft,
    Revise,
    Submit,
    RequestSupplement,
    Supplement,
    Extend,
    Approve,
    Refuse,
    Withdraw,
    Provision,
    Suspend,
    Resume,
    Terminate,
}

/// <summary>What a member is to an agreement. One may be two of them: the data authority provides data as well.</summary>
[Flags]
public enum AgreementParties
{
    None = 0,
    Consumer = 1,
    Provider = 2,
    Authority = 4,
    Any = Consumer | Provider | Authority,
}
