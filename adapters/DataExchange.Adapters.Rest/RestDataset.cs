using DataExchange.Adapters.Fields;
using DataExchange.Adapters.Rest.Answers;
using DataExchange.Adapters.Rest.Requests;

namespace DataExchange.Adapters.Rest;

/// <summary>How one dataset is asked for.</summary>
/// <param name="Map">Its fields; <see cref="FieldMap.From"/> is a JSON pointer into the service's answer. A member that is not there is null.</param>
/// <param name="Request">What is sent.</param>
/// <param name="Subject">Where the answer repeats the subject's number. An answer that does not is refused: nobody could tell whose it is.</param>
public sealed record RestDataset(DatasetMap Map, RequestTemplate Request, JsonPointer Subject);
