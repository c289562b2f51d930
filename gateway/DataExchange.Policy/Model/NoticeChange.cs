using System.Text.Json.Serialization;
using DataExchange.Policy.Json;

namespace DataExchange.Policy.Model;

/// <summary>What a revision of a notice changes. Wording: a slip or a translation was mended, and who consented knows what they consented to. Substance: they have to be asked again (PIPL art. 14).</summary>
[JsonConverter(typeof(StrictEnumConverter<NoticeChange>))]
public enum NoticeChange { None = 0, Wording, Substance }
