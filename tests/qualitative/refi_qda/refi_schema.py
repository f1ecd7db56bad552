"""A schema of the part of REFI-QDA 1.5 that Kuule writes, in our own words after the specification: the order of
elements, which attributes there have to be, what a GUID, a colour and a position are. The standard's own schema is not
kept here."""

from __future__ import annotations

from lxml import etree

_TYPES = """
<xs:simpleType name="Guid"><xs:restriction base="xs:token">
  <xs:pattern value="[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"/></xs:restriction></xs:simpleType>
<xs:simpleType name="Colour"><xs:restriction base="xs:token">
  <xs:pattern value="#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})"/></xs:restriction></xs:simpleType>
<xs:complexType name="Target"><xs:attribute name="targetGUID" type="Guid" use="required"/></xs:complexType>
<xs:complexType name="Code"><xs:sequence>
  <xs:element name="Description" type="xs:string" minOccurs="0"/>
  <xs:element name="NoteRef" type="Target" minOccurs="0" maxOccurs="unbounded"/>
  <xs:element name="Code" type="Code" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
  <xs:attribute name="guid" type="Guid" use="required"/>
  <xs:attribute name="name" type="xs:string" use="required"/>
  <xs:attribute name="isCodable" type="xs:boolean" use="required"/>
  <xs:attribute name="color" type="Colour"/></xs:complexType>
<xs:complexType name="Codes"><xs:sequence>
  <xs:element name="Code" type="Code" maxOccurs="unbounded"/></xs:sequence></xs:complexType>
"""
_PROJECT = """
<xs:complexType name="Coding"><xs:sequence><xs:element name="CodeRef" type="Target"/></xs:sequence>
  <xs:attribute name="guid" type="Guid" use="required"/>
  <xs:attribute name="creatingUser" type="Guid"/></xs:complexType>
<xs:complexType name="Selection"><xs:sequence>
  <xs:element name="Coding" type="Coding" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
  <xs:attribute name="guid" type="Guid" use="required"/>
  <xs:attribute name="startPosition" type="xs:integer" use="required"/>
  <xs:attribute name="endPosition" type="xs:integer" use="required"/>
  <xs:attribute name="creatingUser" type="Guid"/></xs:complexType>
<xs:complexType name="Source"><xs:sequence>
  <xs:element name="PlainTextSelection" type="Selection" minOccurs="0" maxOccurs="unbounded"/>
  <xs:element name="NoteRef" type="Target" minOccurs="0" maxOccurs="unbounded"/>
  <xs:element name="VariableValue" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence>
    <xs:element name="VariableRef" type="Target"/><xs:element name="TextValue" type="xs:string"/>
    </xs:sequence></xs:complexType></xs:element></xs:sequence>
  <xs:attribute name="guid" type="Guid" use="required"/>
  <xs:attribute name="name" type="xs:string"/>
  <xs:attribute name="plainTextPath" type="xs:string" use="required"/>
  <xs:attribute name="creationDateTime" type="xs:dateTime"/></xs:complexType>
<xs:element name="Project"><xs:complexType><xs:sequence>
  <xs:element name="Users" minOccurs="0"><xs:complexType><xs:sequence>
    <xs:element name="User" maxOccurs="unbounded"><xs:complexType>
      <xs:attribute name="guid" type="Guid" use="required"/>
      <xs:attribute name="name" type="xs:string"/></xs:complexType></xs:element>
    </xs:sequence></xs:complexType></xs:element>
  <xs:element name="CodeBook" minOccurs="0"><xs:complexType><xs:sequence>
    <xs:element name="Codes" type="Codes"/></xs:sequence></xs:complexType></xs:element>
  <xs:element name="Variables" minOccurs="0"><xs:complexType><xs:sequence>
    <xs:element name="Variable" maxOccurs="unbounded"><xs:complexType>
      <xs:attribute name="guid" type="Guid" use="required"/>
      <xs:attribute name="name" type="xs:string" use="required"/>
      <xs:attribute name="typeOfVariable" type="xs:string" use="required" fixed="Text"/></xs:complexType></xs:element>
    </xs:sequence></xs:complexType></xs:element>
  <xs:element name="Sources" minOccurs="0"><xs:complexType><xs:sequence>
    <xs:element name="TextSource" type="Source" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element>
  <xs:element name="Notes" minOccurs="0"><xs:complexType><xs:sequence>
    <xs:element name="Note" type="Source" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element>
  <xs:element name="NoteRef" type="Target" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
  <xs:attribute name="name" type="xs:string" use="required"/>
  <xs:attribute name="origin" type="xs:string"/></xs:complexType></xs:element>
"""
_CODEBOOK = """
<xs:element name="CodeBook"><xs:complexType><xs:sequence><xs:element name="Codes" type="Codes"/></xs:sequence>
  <xs:attribute name="origin" type="xs:string"/></xs:complexType></xs:element>
"""


def _schema(namespace: str, body: str) -> etree.XMLSchema:
    text = (
        f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="{namespace}" targetNamespace="{namespace}"'
        f' elementFormDefault="qualified">{_TYPES}{body}</xs:schema>'
    )
    return etree.XMLSchema(etree.fromstring(text.encode()))


PROJECT_SCHEMA = _schema("urn:QDA-XML:project:1.0", _PROJECT)
CODEBOOK_SCHEMA = _schema("urn:QDA-XML:codebook:1.0", _CODEBOOK)
