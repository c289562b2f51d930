using DataExchange.Contracts.Log;
using DataExchange.Policy.Events;
using DataExchange.Policy.Model;

namespace DataExchange.Policy.Notices;

/// <summary>Something happened to a notice. Open: what people are asked is for anyone to read.</summary>
public abstract record NoticeEvent(string Kind, ConsentNotice Notice) : GovernanceEvent(Kind)
{
    public override string? Thing => Notice.Code;
}

/// <summary>The next revision of a notice was drafted; it takes the place of an earlier draft.</summary>
public sealed record NoticeDrafted(ConsentNotice Notice) : NoticeEvent(LeafKinds.NoticeDrafted, Notice);
