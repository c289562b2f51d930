using System.Text.Json.Serialization;
using DataExchange.Policy.Json;

namespace DataExchange.Policy.Model;

/// <summary>Grades of the Data Security Law (art. 21), the lower the less protected.</summary>
[JsonConverter(typeof(StrictEnumConverter<DataGrade>))]
public enum DataGrade
{
    None = 0,
    /// <summary>一般数据.</summary>
    General,
    /// <summary>重要数据.</summary>
    Important,
    /// <summary>核心数据.</summary>
    Core,
}
